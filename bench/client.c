// Readers for the benchmarks: N event streams on one thread, each held to account.
//
// usage: client PORT PATH READERS MESSAGES
//
// Each message carries a mark, ~00000012~, from 0 on. The client says "ready" when all streams are
// open, "done 12 FIRST LAST" when the last reader has message 12 (nanoseconds of CLOCK_MONOTONIC at
// the first and at the last of them), and at the end one line of JSON: what was lost, doubled, out
// of order, and the bytes that came. Loopback only.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MARK = 10, ROOM = 65536, EVENTS = 512, READERS_PER_ADDRESS = 14000 };
static const int PATIENCE_MS = 20000;

typedef struct {
  int fd;
  int is_open;          // the head of the answer has come
  int next;             // the message that comes next, if none is lost
  int carried;          // the beginning of a mark, or of the head's end, from the piece before
  char carry[MARK];
} Reader;

static Reader *readers;
static int *delivered;         // by message: how many readers have it
static int64_t *first;         // by message: when the first reader had it
static int reader_count, message_count, complete, opened;
static long lost, doubled, disordered;
static unsigned long long bytes;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void take(Reader *reader, int message) {
  if (message < 0 || message >= message_count) return;
  if (message < reader->next) { doubled++; return; }
  if (message > reader->next) { disordered++; lost += message - reader->next; }
  reader->next = message + 1;
  int64_t t = now();
  if (!delivered[message]++) first[message] = t;
  if (delivered[message] == reader_count) {
    complete++;
    printf("done %d %lld %lld\n", message, (long long)first[message], (long long)t);
    fflush(stdout);
  }
}

// Finds the marks in what came, also where one is cut in two.
static void scan(Reader *reader, char *data, size_t size) {
  char *end = data + size;
  reader->carried = 0;
  for (char *p = data; p < end && (p = memchr(p, '~', end - p)); ) {
    if (end - p < MARK) {
      reader->carried = end - p;
      memcpy(reader->carry, p, reader->carried);
      return;
    }
    if (p[MARK - 1] == '~') { take(reader, atoi(p + 1)); p += MARK; } else p++;
  }
}

static void receive(Reader *reader) {
  static char room[ROOM + MARK + 1];
  for (;;) {
    memcpy(room, reader->carry, reader->carried);
    ssize_t got = recv(reader->fd, room + reader->carried, ROOM, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) fail("a stream ended");
    bytes += got;
    size_t size = reader->carried + got;
    room[size] = 0;
    if (!reader->is_open) {
      if (strncmp(room, "HTTP/1.1 200", 12)) { fprintf(stderr, "%.200s\n", room); exit(1); }
      reader->is_open = 1;
      if (++opened == reader_count) { printf("ready\n"); fflush(stdout); }
    }
    scan(reader, room, size);
    if (got < ROOM) return;
  }
}

static void open_reader(int epoll, int n, int port, const char *path) {
  Reader *reader = &readers[n];
  int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) fail("socket");
  // So many that one address would run out of ports; the port is chosen when it connects.
  struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + n / READERS_PER_ADDRESS);
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  if (bind(fd, (void *)&from, sizeof from)) fail("bind");
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (void *)&to, sizeof to)) fail("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  char request[512];
  int size = snprintf(request, sizeof request,
                      "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n", path);
  if (send(fd, request, size, MSG_NOSIGNAL) != size) fail("send");
  reader->fd = fd;
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = n};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) fail("epoll_ctl");
}

static void handle(int epoll, int wait) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(epoll, events, EVENTS, wait);
  if (count < 0 && errno != EINTR) fail("epoll_wait");
  if (count == 0 && wait) { fprintf(stderr, "nothing came for %d ms\n", wait); message_count = 0; }
  for (int i = 0; i < count; i++) receive(&readers[events[i].data.u32]);
}

int main(int argc, char **argv) {
  if (argc != 5) { fprintf(stderr, "usage: client PORT PATH READERS MESSAGES\n"); return 2; }
  int port = atoi(argv[1]);
  reader_count = atoi(argv[3]);
  int expected = message_count = atoi(argv[4]);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  readers = calloc(reader_count, sizeof *readers);
  delivered = calloc(message_count + 1, sizeof *delivered);
  first = calloc(message_count + 1, sizeof *first);
  int epoll = epoll_create1(0);
  for (int n = 0; n < reader_count; n++) {
    open_reader(epoll, n, port, argv[2]);
    if (n % 32 == 31) handle(epoll, 0);
  }
  while (opened < reader_count) handle(epoll, PATIENCE_MS);
  while (complete < message_count) handle(epoll, PATIENCE_MS);
  for (int n = 0; n < reader_count; n++) lost += expected - readers[n].next;
  printf("{\"lost\":%ld,\"doubled\":%ld,\"disordered\":%ld,\"bytes\":%llu}\n", lost, doubled,
         disordered, bytes);
  return 0;
}
