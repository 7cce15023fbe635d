package fr.passnumerique.projections.verifier;

/** What is checked of a ledger. */
enum Check {
  FORMAT(
      "every line has the form that the format says",
      "a line that cannot be read, is no UTF-8, or stands where none may; of the first line"
          + " position 0; a payload with a field that its type has not, without one that it must"
          + " have, or of another kind; metadata that do not say who asked, tags that are not"
          + " sorted or not those of the fact; a line that is not ended by a line feed alone"),
  TYPE(
      "every fact is of a known type and version",
      "a fact that the table of postings does not know: nothing after it is checked"),
  POSITIONS(
      "positions follow each other without a gap",
      "the position that should stand there: a row is missing, doubled or out of place"),
  CHAIN(
      "the chain of hashes holds",
      "a row whose columns and the hash before do not give its hash, or the first row of another"
          + " ledger than the header's"),
  TIME(
      "recorded time rises with position",
      "a row that was recorded no later than the one before it"),
  ONCE(
      "nothing is recorded twice",
      "a row with the event identifier of an earlier one, or a fact that records for the first time"
          + " what an earlier one did"),
  HEAD(
      "the hashes kept elsewhere are those of the chain",
      "the position of a hash that was kept and is another here, or that is not here"),
  COMPLETE(
      "nothing is cut off",
      "the first position that is missing, or the last row where the last line's hash is another"),
  BALANCE(
      "every entry balances, and every total is the sum of its parts",
      "a fact that does not balance or cannot be followed, a sum that its parts do not give, a"
          + " booking of the bank counted otherwise than it is or a receipt from it of another day,"
          + " a credit note that gives or is refunded otherwise than what is due back"),
  SPLIT(
      "each cheque's split is what its agreement says",
      "a fact whose shares are not those of its cheques, by the agreement's key and the order of"
          + " its cents, or a slip that tells one of them in several parts"),
  REDEEMED_ONCE(
      "each cheque is accepted once at most, activated and not taken out",
      "a slip that accepts what cannot be or rejects as unknown what was issued, or a fact that"
          + " takes cheques out that are out"),
  VENUE(
      "venues gave the service that they are owed for, and transfers pay what is owed to them",
      "a slip of a venue that gave no such service, or counted in another département than the"
          + " venue's listing says, a transfer of other slips or cents than are"
          + " owed, or to an account that is not in force or that the bank closed"),
  DAYS(
      "services are of days on which their cheques could be used, and days open one after the"
          + " other",
      "a slip that was served, presented or recorded on days that cannot be, a replacement that"
          + " keeps another last day, a day that was opened before it began or after a later"
          + " one, or a run that is released for a day before its cut-off"),
  PERSONS(
      "who began something did not end it",
      "a fact that one account began and ended, or a corrected identification without its second"
          + " person"),
  CEILING(
      "no share of an agreement is issued above its ceiling",
      "an order that takes more of a funder's share than is left, or is issued by a version that is"
          + " not in force, or of a day after the one on which it is recorded"),
  SIDE(
      "no account stands on the wrong side",
      "the fact after which an account stands on the side that the chart forbids"),
  COVER(
      "cover holds at every position, or the bank has opened a breach",
      "a fact that took cash that is not there, and is none of the bank's"),
  PROVEN(
      "the ledger has what the bank's statements close with, and no cash that none shows",
      "with --proven: a statement whose closing balance, entries or bookings the ledger does not"
          + " have, or the first receipt of an owner's that no statement shows; the first fact that"
          + " moved cash where there is no statement"),
  PUBLISHED(
      "each balance is what was published",
      "the first fact after which a published balance is another, the first row without the"
          + " balances that other rows have, or the position of an answer that was shown"
          + " otherwise");

  private final String sentence;
  private final String found;

  Check(String sentence, String found) {
    this.sentence = sentence;
    this.found = found;
  }

  /** What holds if nothing is found. */
  String sentence() {
    return sentence;
  }

  /** What a finding stands at, if something is. */
  String found() {
    return found;
  }
}
