package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which disk is filled, and which is not; that it is, needs the rights to make one. */
class SmallDiskTest {
  @TempDir private Path directory;

  private final StringWriter err = new StringWriter();

  private int crash(String... arguments) {
    return new CommandLine(new Crash()).setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @Test
  void noDiskIsFilledWhereNoneWasNamed() {
    assertThat(Blow.faults(false))
        .containsExactly(Blow.DATABASE_PAUSED, Blow.CONNECTIONS_CUT, Blow.CLOCK_JUMPED);
    assertThat(Blow.faults(true)).contains(Blow.DISK_FULL, Blow.LOG_DISK_FULL);
    assertThat(crash("--blows=DISK_FULL", "--directory=" + directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--small-disk must be given for DISK_FULL");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theDiskThatEverybodyUsesIsNotFilled() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path home = directory.resolve("home");
    assertThat(crash("--faults", "--small-disk=" + disk, "--directory=" + home)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--small-disk must be on a file system other than the directory's");
    assertThat(SmallDisk.apart(disk, home)).as("whatever its size").isFalse();
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aFillerThatAKilledRunLeftIsGoneBeforeAnythingStarts() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path home = Files.createDirectory(directory.resolve("home"));
    Path left = Files.writeString(disk.resolve("filler"), "0");
    new SmallDisk(disk).take(home);
    assertThat(left).doesNotExist();
    for (String name : List.of("database", "broker", "ledger")) {
      assertThat(home.resolve(name).toRealPath()).startsWith(disk.toRealPath());
    }
    new SmallDisk(disk).take(home);
    assertThat(disk.toFile().list()).as("the same again").hasSize(1);
    SmallDisk.forget(home);
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void whatIsNoAnswerAboutHealthIsTakenForNone() {
    assertThat(health("{\"status\":\"DOWN\"}")).isEqualTo("DOWN");
    for (String other : List.of("", "<html>", "[]", "{}", "{\"status\":503}", "{\"sta")) {
      assertThat(health(other)).as(other).isEmpty();
    }
  }

  private static String health(String body) {
    return FullDisk.status(body.getBytes(StandardCharsets.UTF_8));
  }
}
