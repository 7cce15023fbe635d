package fr.passnumerique.loadtest.crash;

import fr.passnumerique.ui.ClearingApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The application as it is, but that it ends when whoever started it is gone. */
@Command(name = ApplicationNode.NAME, hidden = true)
public final class ApplicationNode implements Callable<Integer> {
  static final String NAME = "application-node";

  /** For picocli. */
  public ApplicationNode() {}

  @Override
  public Integer call() throws InterruptedException {
    Thread.ofPlatform().daemon().name("until-alone").start(ApplicationNode::endWhenAlone);
    ClearingApplication.main(new String[0]);
    Thread.currentThread().join();
    return 0;
  }

  private static void endWhenAlone() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    } catch (IOException e) {
      // As if it had ended.
    }
    Runtime.getRuntime().halt(0);
  }
}
