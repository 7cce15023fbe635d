package fr.passnumerique.loadtest.relay;

/** What befalls the way from the ledger to the projections. */
enum Blow {
  BROKER_KILLED("broker killed (kill -9), started again at once"),
  BROKER_FROZEN("broker frozen (SIGSTOP) for 1 to 15 s: nothing is refused, nothing answers"),
  RELAY_KILLED("relay killed (kill -9) at any moment"),
  RELAY_KILLED_IN_TRANSACTION("relay killed (kill -9) with part of a transaction sent"),
  RELAY_FROZEN("relay frozen (SIGSTOP) until the other one has taken over, then woken"),
  PROJECTION_NODE_KILLED("active projection node killed (kill -9)"),
  BROKER_AND_RELAY_KILLED("broker and relay killed (kill -9) together");

  private final String told;

  Blow(String told) {
    this.told = told;
  }

  String told() {
    return told;
  }
}
