package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link RestoreIT} does not come upon by itself. */
class BaseBackupTest {
  @TempDir private Path home;

  @Test
  void aSegmentIsArchivedWhateverTheArchiveIsCalled() throws IOException, InterruptedException {
    Path archive = Files.createDirectory(home.resolve("a year's 100%f"));
    Files.writeString(home.resolve("segment"), "log");
    // As PostgreSQL does before it hands the command to a shell.
    String command =
        BaseBackup.archivingTo(archive)
            .get("archive_command")
            .replace("%%", "\0")
            .replace("%p", "segment")
            .replace("%f", "000000010000000000000001")
            .replace("\0", "%");

    int exit = new ProcessBuilder("sh", "-c", command).directory(home.toFile()).start().waitFor();

    assertThat(exit).isZero();
    assertThat(archive).isDirectoryContaining("glob:**/000000010000000000000001");
    assertThat(archive.toFile().list()).hasSize(1);
  }

  @Test
  void aFileThatGoesWhileItIsCopiedWasNotNeeded() throws IOException {
    Path cluster = Files.createDirectory(home.resolve("cluster"));
    Path file = Files.createFile(cluster.resolve("16384"));
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    Files.delete(file);
    Path copy = Files.createDirectory(home.resolve("copy"));

    new BaseBackup.Copy(cluster, copy).visitFile(file, found);

    assertThat(copy).isEmptyDirectory();
  }
}
