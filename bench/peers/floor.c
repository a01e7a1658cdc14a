// The floor: what it costs the kernel. Accepts readers on GET; on POST one send() to each of them,
// and nothing else. usage: floor PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 65536, ROOM = 65536, EVENTS = 256 };
static const char HEAD[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n:\n\n";
static const char OK[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

static int readers[MOST], reader_count;
static char room[ROOM];
static size_t filled;  // of `room`: there is one publisher, and it waits for its answer

static void broadcast(const char *body, size_t size) {
  static char event[ROOM];
  size_t length = sprintf(event, "data: ");
  memcpy(event + length, body, size);
  length += size;
  memcpy(event + length, "\n\n", 2);
  length += 2;
  for (int i = 0; i < reader_count; i++)
    if (send(readers[i], event, length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN)
      readers[i--] = readers[--reader_count];
}

static void answer(int fd) {
  char *head_end = memmem(room, filled, "\r\n\r\n", 4);
  if (!head_end) return;
  if (room[0] == 'G') {
    send(fd, HEAD, sizeof HEAD - 1, MSG_NOSIGNAL);
    readers[reader_count++] = fd;
    filled = 0;
    return;
  }
  char *length = strcasestr(room, "content-length:");
  size_t size = length ? strtoul(length + 15, 0, 10) : 0;
  if (filled < (size_t)(head_end + 4 - room) + size) return;
  broadcast(head_end + 4, size);
  send(fd, OK, sizeof OK - 1, MSG_NOSIGNAL);
  filled = 0;
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int one = 1, listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listening, (void *)&at, sizeof at) || listen(listening, 4096)) {
    perror("floor");
    return 1;
  }
  int epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listening}, events[EVENTS];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event);
  for (;;) {
    int count = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listening) {
        while ((fd = accept4(listening, 0, 0, SOCK_NONBLOCK)) >= 0) {
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          event.data.fd = fd;
          epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
        }
        continue;
      }
      ssize_t got = recv(fd, room + filled, ROOM - 1 - filled, 0);
      if (got <= 0) {
        close(fd);
        continue;
      }
      filled += got;
      room[filled] = 0;
      answer(fd);
    }
  }
}
