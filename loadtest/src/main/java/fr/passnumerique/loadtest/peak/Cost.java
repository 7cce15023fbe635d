package fr.passnumerique.loadtest.peak;

/**
 * What has been spent so far, or between two moments. Processor time tells more than elapsed time
 * where others use the machine.
 *
 * @param clientNanos of processors, by this process: clients, and whatever runs in here
 * @param applicationNanos of processors, by the application's process
 * @param serverNanos of processors, by the database's processes
 * @param walBytes of write-ahead log
 * @param diskBytes that tables and indexes take
 */
record Cost(
    long clientNanos, long applicationNanos, long serverNanos, long walBytes, long diskBytes) {
  static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);

  Cost minus(Cost before) {
    return new Cost(
        clientNanos - before.clientNanos,
        applicationNanos - before.applicationNanos,
        serverNanos - before.serverNanos,
        walBytes - before.walBytes,
        diskBytes - before.diskBytes);
  }

  long processorNanos() {
    return clientNanos + applicationNanos + serverNanos;
  }
}
