package fr.passnumerique.projections.verifier;

/** What is checked of a ledger. */
enum Check {
  FORMAT("every line has the form that the format says"),
  TYPE("every fact is of a known type and version"),
  POSITIONS("positions follow each other without a gap"),
  CHAIN("the chain of hashes holds"),
  TIME("recorded time rises with position"),
  HEAD("the hashes kept elsewhere are those of the chain"),
  COMPLETE("nothing is cut off"),
  BALANCE("every entry balances, and every total is the sum of its parts"),
  SPLIT("each cheque's split is what its agreement says"),
  REDEEMED_ONCE("each cheque is accepted once at most, activated and not taken out"),
  VENUE("venues gave the service that they are owed for, and transfers pay what is owed to them"),
  SIDE("no account stands on the wrong side"),
  COVER("cover holds at every position, or the bank has opened a breach"),
  PROVEN("the ledger has what the bank's statements close with"),
  PUBLISHED("each balance is what was published");

  private final String sentence;

  Check(String sentence) {
    this.sentence = sentence;
  }

  /** What holds if nothing is found. */
  String sentence() {
    return sentence;
  }
}
