package fr.passnumerique.loadtest.crash;

/** What befalls the application that writes, while others stand by. */
enum WriterBlow {
  KILLED("killed (kill -9), started again at once as a supervisor does"),
  FROZEN("stopped (SIGSTOP), woken after 2 to 6 s"),
  SESSION_ENDED("the session that holds its lock ended (pg_terminate_backend)"),
  CUT_OFF("nothing comes through between it and PostgreSQL for 2 to 6 s, then all of it");

  private final String told;

  WriterBlow(String told) {
    this.told = told;
  }

  String told() {
    return told;
  }
}
