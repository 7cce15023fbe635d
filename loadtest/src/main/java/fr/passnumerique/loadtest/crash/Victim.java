package fr.passnumerique.loadtest.crash;

/** Who is killed (kill -9), at a moment that nobody chose. */
enum Victim {
  APPLICATION("the application, started again at once as a supervisor does"),
  POSTMASTER("the postmaster, started again by the watch of the embedded server"),
  APPLICATION_AND_POSTMASTER("application and postmaster together"),
  BROKER("the broker, started again at once");

  private final String told;

  Victim(String told) {
    this.told = told;
  }

  String told() {
    return told;
  }

  boolean isApplication() {
    return this == APPLICATION || this == APPLICATION_AND_POSTMASTER;
  }

  boolean isPostmaster() {
    return this == POSTMASTER || this == APPLICATION_AND_POSTMASTER;
  }
}
