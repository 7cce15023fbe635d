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
 * @param machineNanos of processors, by whoever; 0 where the system does not tell
 */
public record Cost(
    long clientNanos,
    long applicationNanos,
    long serverNanos,
    long walBytes,
    long diskBytes,
    long machineNanos) {
  public static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, 0);

  public Cost minus(Cost before) {
    return new Cost(
        clientNanos - before.clientNanos,
        applicationNanos - before.applicationNanos,
        serverNanos - before.serverNanos,
        walBytes - before.walBytes,
        diskBytes - before.diskBytes,
        machineNanos - before.machineNanos);
  }

  public long processorNanos() {
    return clientNanos + applicationNanos + serverNanos;
  }

  /** Of processors, by nobody of ours; the system's own work for us is among it. */
  long othersNanos() {
    return Math.max(0, machineNanos - processorNanos());
  }
}
