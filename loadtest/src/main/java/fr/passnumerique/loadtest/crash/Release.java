package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.JavaProgram;
import fr.passnumerique.ui.install.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * From what application and broker are started.
 *
 * @param application the command
 * @param classPath that holds the broker's classes
 * @param brokerOptions of its JVM
 * @param told how it is run
 */
record Release(
    List<String> application, String classPath, List<String> brokerOptions, String told) {
  private static final String INSTALLED = "installed-";

  Release {
    application = List.copyOf(application);
    brokerOptions = List.copyOf(brokerOptions);
  }

  /**
   * Laid out in the directory with a class cache, as an operator installs it, where this runs from
   * its executable jar; there it is used again until the jar is another. From where this runs
   * otherwise.
   */
  static Release in(Path home, Consumer<String> progress) throws IOException, InterruptedException {
    Optional<Path> jar = JavaProgram.executableJar();
    if (jar.isEmpty()) {
      return new Release(
          Application.command(),
          System.getProperty("java.class.path"),
          List.of(),
          Application.told());
    }
    Path directory = home.resolve(INSTALLED + digest(jar.get()));
    Optional<Installation> before = Installation.in(directory);
    if (before.isEmpty()) {
      progress.accept("installing the application");
      forgetOthers(home);
    }
    Installation installation =
        before.isPresent()
            ? before.get()
            : Installation.make(
                jar.get(),
                directory,
                TrialWithBroker.class.getName(),
                List.of(Application.OPTIONS.split(" ")));
    return new Release(
        List.of(JavaProgram.java().toString(), "@" + installation.start(), ApplicationNode.NAME),
        installation.jar().toString(),
        List.of(installation.cacheOption()),
        "application %s, installed with a class cache and run with %s"
            .formatted(Machine.application(), Application.OPTIONS));
  }

  /** Of jars that were built before, and what came to no end. */
  private static void forgetOthers(Path home) throws IOException {
    try (var others = Files.newDirectoryStream(home, INSTALLED + "*")) {
      others.forEach(Server::delete);
    }
  }

  private static String digest(Path jar) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
