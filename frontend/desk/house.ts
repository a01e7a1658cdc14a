/** What only administrators see: it is loaded when one of them goes there. */
import { DeskAccount } from "./parts/account.ts";
import { DeskAudit } from "./parts/audit.ts";
import { DeskNewcomer } from "./parts/newcomer.ts";
import { DeskPeople } from "./parts/people.ts";

export const HOUSE_PARTS = {
  "desk-account": DeskAccount,
  "desk-audit": DeskAudit,
  "desk-newcomer": DeskNewcomer,
  "desk-people": DeskPeople,
};
