package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.snapshot.SnapshotFile;
import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterSnapshotsTest {
  private static final Stand STAND = new Stand(7, new byte[] {1, 2, 3}, Instant.EPOCH);

  /** Of a ledger that has the fact of {@link #STAND}. */
  private static final RegisterSnapshots.HashAt LEDGER =
      position -> position == STAND.position() ? Optional.of(STAND.hash()) : Optional.empty();

  private static final SnapshotFile.Patience PATIENT = _ -> true;

  private static final SlipReference SLIP = new SlipReference("s-1");

  @TempDir private Path home;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path directory;

  @BeforeEach
  void write() throws SQLException {
    directory = home.resolve("registers");
    Slips slips = new Slips();
    RegisterSnapshots writer = snapshots(slips);
    assertThat(writer.read(LEDGER)).isEmpty();
    assertThat(leftAside()).as("where nothing is, nothing is left aside").isZero();
    slips.fold(judged(), 7, Instant.EPOCH);
    writer.write(taking -> taking.take(STAND), PATIENT);
  }

  private static Fact judged() {
    Decision<String> decision =
        new Slips()
            .decide(new Slips.Take(SLIP, List.of(new Serial(Batch.of(1), 1).key())), Instant.EPOCH);
    return ((Decision.Accept<String>) decision).facts().getFirst();
  }

  private RegisterSnapshots snapshots(Register... registers) {
    return new RegisterSnapshots(
        new RegistersOnFile(directory, List.of(registers), Slips.CATALOGUE), meters);
  }

  private double leftAside() {
    return meters.get("ledger.snapshot.left.aside").counter().count();
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void registersGoOnFromIt() throws SQLException {
    Slips slips = new Slips();
    // What the one that wrote it tells is in the other registry.
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    RegisterSnapshots reader =
        new RegisterSnapshots(new RegistersOnFile(directory, List.of(slips), Slips.CATALOGUE), own);
    RegisterSnapshots.Read read = reader.read(LEDGER).orElseThrow();

    assertThat(slips.knows(SLIP)).as("before it is put in").isFalse();
    read.assignment().run();

    assertThat(slips.knows(SLIP)).isTrue();
    assertThat(read.stand().position()).isEqualTo(7);
    assertThat(read.stand().recordedAt()).isEqualTo(Instant.EPOCH);
    assertThat(own.get("ledger.snapshot.position").gauge().value()).isEqualTo(7);
    assertThat(own.get("ledger.snapshot.age").gauge().value()).isBetween(0.0, 60.0);
    // A gauge says nothing of an object that nobody holds any more.
    assertThat(reader.position()).isEqualTo(7);
  }

  @Test
  void isItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  private void isLeftAside(RegisterSnapshots.HashAt ledger, Register... registers)
      throws SQLException {
    double before = leftAside();
    assertThat(snapshots(registers).read(ledger)).isEmpty();
    assertThat(leftAside()).isEqualTo(before + 1);
  }

  @Test
  void anotherLedgerLeavesItAside() throws SQLException {
    isLeftAside(_ -> Optional.of(new byte[] {1, 2, 4}), new Slips());
  }

  @Test
  void aLedgerThatIsNotSoLongLeavesItAside() throws SQLException {
    isLeftAside(_ -> Optional.empty(), new Slips());
  }

  @Test
  void otherRegistersLeaveItAside() throws SQLException {
    isLeftAside(LEDGER, new Slips(), new Days());
  }

  /** With a setting that a fold may go by. */
  private static final class Set implements Register {
    private final int days;

    Set(int days) {
      this.days = days;
    }

    @Override
    public void fold(Fact fact, long position, Instant recordedAt) {
      if (days == 0) {
        throw new IllegalStateException();
      }
    }
  }

  @Test
  void anotherSettingLeavesItAside() throws SQLException {
    Set three = new Set(3);
    RegisterSnapshots writer = snapshots(three);
    writer.read(LEDGER);
    writer.write(taking -> taking.take(STAND), PATIENT);

    assertThat(snapshots(new Set(3)).read(LEDGER)).isPresent();
    isLeftAside(LEDGER, new Set(4));
  }

  @Test
  void anotherCatalogueLeavesItAside() throws SQLException {
    Slips slips = new Slips();
    FactCatalogue other =
        new FactCatalogue(
            Slips.CATALOGUE.types(), List.of(new FactCatalogue.Upcaster("Slip", 1, fact -> fact)));
    assertThat(
            new RegisterSnapshots(new RegistersOnFile(directory, List.of(slips), other), meters)
                .read(LEDGER))
        .isEmpty();
  }

  @Test
  void oneThatOthersMayHaveWrittenIsLeftAside() throws Exception {
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
    isLeftAside(LEDGER, new Slips());
  }

  @Test
  void oneInADirectoryThatOthersMayWriteIntoIsLeftAside() throws Exception {
    for (String others : List.of("rwxrwx---", "rwx----w-")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(others));
      isLeftAside(LEDGER, new Slips());
    }
  }

  @Test
  void aLinkToOneIsLeftAside() throws Exception {
    Path elsewhere = home.resolve("elsewhere");
    Path file = file();
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    isLeftAside(LEDGER, new Slips());
  }

  /** Only who may do everything can give a file away. */
  @Test
  void oneOfAnotherUserIsLeftAside() throws Exception {
    for (Path path : List.of(file(), directory)) {
      Object own = Files.getAttribute(path, "unix:uid");
      assumeTrue(own.equals(0));
      Files.setAttribute(path, "unix:uid", 65_534);
      isLeftAside(LEDGER, new Slips());
      Files.setAttribute(path, "unix:uid", own);
    }
  }

  @Test
  void oneThatAnotherNodeReplacesOnceItIsReadIsTheOneThatWasRead() throws SQLException {
    RegisterSnapshots other = snapshots(new Slips());
    other.read(LEDGER);
    assertThat(
            snapshots(new Slips())
                .read(
                    position -> {
                      other.write(
                          taking -> taking.take(new Stand(8, STAND.hash(), Instant.EPOCH)),
                          PATIENT);
                      return LEDGER.of(position);
                    }))
        .hasValueSatisfying(read -> assertThat(read.stand().position()).isEqualTo(7));
  }

  private RegistersOnFile begun(Slips slips) {
    RegistersOnFile files = new RegistersOnFile(directory, List.of(slips), Slips.CATALOGUE);
    files.beginReading();
    return files;
  }

  @Test
  void oneIsReadBeforeThereIsALedgerToAsk() throws Exception {
    Slips slips = new Slips();
    RegistersOnFile files = begun(slips);
    assertThat(files.read()).as("begun, and waited for").isPresent();
    Files.delete(file());

    RegisterSnapshots snapshots = new RegisterSnapshots(files, meters);
    assertThatThrownBy(
            () ->
                snapshots.read(
                    _ -> {
                      throw new SQLException("the ledger does not answer");
                    }))
        .isInstanceOf(SQLException.class);
    snapshots.read(LEDGER).orElseThrow().assignment().run();
    assertThat(slips.knows(SLIP)).isTrue();
    assertThat(snapshots.read(LEDGER)).as("nobody holds on to what was taken up").isEmpty();
  }

  @Test
  void oneOfAnotherLedgerThatWasReadBeforeIsLeftAsideAndForgotten() throws Exception {
    Slips slips = new Slips();
    RegistersOnFile files = begun(slips);
    RegisterSnapshots snapshots = new RegisterSnapshots(files, meters);
    assertThat(snapshots.read(_ -> Optional.empty())).isEmpty();
    assertThat(leftAside()).isEqualTo(1);
    assertThat(slips.knows(SLIP)).isFalse();
    Files.delete(file());
    assertThat(files.read()).isEmpty();
  }

  @Test
  void oneThatIsCutShortIsLeftAside() throws Exception {
    byte[] whole = Files.readAllBytes(file());
    for (int length : new int[] {0, 4, 40, 60, whole.length - 9, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      isLeftAside(LEDGER, new Slips());
    }
  }

  @Test
  void aFlippedBitLeavesItAside() throws Exception {
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at += 3) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      Files.write(file(), flipped);
      isLeftAside(LEDGER, new Slips());
    }
  }

  @Test
  void aWriterThatWasKilledLeavesTheOneBeforeAndItsDraftGoes() throws Exception {
    Path draft = Files.write(directory.resolve(".draft123"), new byte[] {1, 2, 3});

    assertThat(snapshots(new Slips()).read(LEDGER)).isPresent();
    assertThat(draft).as("another node may be writing it").exists();
    Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minusSeconds(3_601)));
    assertThat(snapshots(new Slips()).read(LEDGER)).isPresent();
    assertThat(draft).doesNotExist();
  }

  @Test
  void oneThatCannotBeWrittenIsCountedAndTheOneBeforeStays() throws Exception {
    Slips slips = new Slips();
    RegisterSnapshots writer = snapshots(slips, new Listening());
    assertThat(writer.read(LEDGER)).isEmpty();
    writer.write(taking -> taking.take(STAND), PATIENT);
    assertThat(meters.get("ledger.snapshot.failures").counter().count()).isZero();

    Listening listening = new Listening();
    RegisterSnapshots failing = snapshots(new Slips(), listening);
    var _ = failing.read(LEDGER).orElseThrow();
    listening.listener = new Thread();
    assertThat(
            failing.write(
                taking -> taking.take(new Stand(8, new byte[] {9}, Instant.EPOCH)), PATIENT))
        .isFalse();

    assertThat(meters.get("ledger.snapshot.failures").counter().count()).isEqualTo(1);
    assertThat(snapshots(new Slips(), new Listening()).read(LEDGER).orElseThrow().stand())
        .extracting(Stand::position)
        .isEqualTo(7L);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).as("no draft is left").hasSize(1);
    }
  }

  /** A register that comes to hold what no file can keep. */
  private static final class Listening implements Register {
    private Object listener = LocalDate.EPOCH;

    @Override
    public void fold(Fact fact, long position, Instant recordedAt) {
      listener = fact;
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeStopsNothing() throws Exception {
    Path file = Files.write(home.resolve("file"), new byte[0]);
    directory = file.resolve("registers");
    RegisterSnapshots none = snapshots(new Slips());

    assertThat(none.read(LEDGER)).isEmpty();
    none.write(taking -> taking.take(STAND), PATIENT);
    assertThat(leftAside()).isEqualTo(1);
  }
}
