package fr.passnumerique.ui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The demo, played to its end once for all tests of a build, which run in several JVMs: its data
 * directory lies in the build's, and each application is started on a copy. Without {@code
 * pass.played-demo}, which names the build, each JVM plays for itself: what was played may be of
 * other sources or of another day.
 */
final class PlayedDemo {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path PLAYED =
      Path.of("target", "played-demo")
          .toAbsolutePath()
          .resolve(
              System.getProperty("pass.played-demo", "jvm-" + ProcessHandle.current().pid())
                  .replace(':', '-'));

  /** A port that is chosen again: two copies at a time would want the same. */
  private static final String PORT = "postgres-port";

  private PlayedDemo() {}

  /** Plays the demo unless that was done, which takes a minute; then some 100 MB are copied. */
  static synchronized void copyTo(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(PLAYED);
    Path whole = PLAYED.resolve("data");
    // Whoever comes first plays, and the other JVMs wait for it.
    try (FileChannel turn =
            FileChannel.open(
                PLAYED.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = turn.lock()) {
      if (!Files.exists(whole)) {
        Path draft = Files.createTempDirectory(PLAYED, "draft");
        start(draft).close();
        Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    copy(whole, directory);
  }

  /**
   * The demo's application, once it has nothing left to play.
   *
   * @param settings as on a command line, in the place of the demo's own
   */
  static ConfigurableApplicationContext start(Path directory, String... settings)
      throws IOException, InterruptedException {
    TestDatabase.sharePrograms(directory);
    SpringApplication starter = new SpringApplication(ClearingApplication.class);
    starter.setAdditionalProfiles("demo");
    ConfigurableApplicationContext application =
        starter.run(
            Stream.concat(
                    Stream.of("--server.port=0", "--pass.data-directory=" + directory),
                    Stream.of(settings))
                .toArray(String[]::new));
    DemoProgress progress = application.getBean(DemoProgress.class);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!progress.health().getStatus().equals(Status.UP)) {
      assertThat(progress.health().getStatus()).isNotEqualTo(Status.DOWN);
      assertThat(System.nanoTime()).as("the demo ends in time").isLessThan(end);
      Thread.sleep(50);
    }
    return application;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            copyOne(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.endsWith(PORT)) {
              copyOne(file);
            }
            return FileVisitResult.CONTINUE;
          }

          private void copyOne(Path each) throws IOException {
            Path copied = to.resolve(from.relativize(each).toString());
            if (!Files.isDirectory(copied, LinkOption.NOFOLLOW_LINKS)) {
              Files.copy(
                  each, copied, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
          }
        });
  }
}
