package fr.passnumerique.loadtest.peak;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a run has started. Closed in the opposite order, also when the run is interrupted from the
 * keyboard: the server and the application are processes that would live on.
 */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "close-resources");

  public Resources() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  public synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
    }
    closeAll();
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("while closing: " + e);
      }
    }
  }
}
