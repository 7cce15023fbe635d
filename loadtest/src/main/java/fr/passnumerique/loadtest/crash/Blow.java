package fr.passnumerique.loadtest.crash;

import java.util.Arrays;
import java.util.List;

/** What befalls an installation, at a moment that nobody chose. */
enum Blow {
  APPLICATION("application killed (kill -9), started again at once as a supervisor does"),
  POSTMASTER("postmaster killed (kill -9), started again by the watch of the embedded server"),
  APPLICATION_AND_POSTMASTER("application and postmaster killed (kill -9) together"),
  BROKER("broker killed (kill -9), started again at once"),
  DATABASE_PAUSED("every process of PostgreSQL stopped (SIGSTOP) for 4 to 8 s"),
  CONNECTIONS_CUT(
      "connections to PostgreSQL cut in the middle of recording slips, or with any statement"
          + " executed and its answer unheard"),
  CLOCK_JUMPED("the application's clock set forward by up to 3 h, then back by up to 6 h"),
  DISK_FULL(
      "disk full, so that rows find no place, until health has said so for 2 to 25 s; slips from"
          + " when there is room again"),
  LOG_DISK_FULL(
      "disk full as long, and no segment of the write-ahead log left, so that PostgreSQL ends and"
          + " cannot start; slips from when there is room again");

  private final String told;

  Blow(String told) {
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

  /** One that every part has to live through. */
  boolean isFault() {
    return compareTo(BROKER) > 0;
  }

  /** One for which there has to be a small disk. */
  boolean fillsDisk() {
    return this == DISK_FULL || this == LOG_DISK_FULL;
  }

  /** The application starts while there is no PostgreSQL, ends, and is started again. */
  boolean startsWithoutDatabase() {
    return isApplication() && isPostmaster();
  }

  static List<Blow> kills() {
    return Arrays.stream(values()).filter(blow -> !blow.isFault()).toList();
  }

  static List<Blow> faults(boolean smallDisk) {
    return Arrays.stream(values())
        .filter(blow -> blow.isFault() && (smallDisk || !blow.fillsDisk()))
        .toList();
  }
}
