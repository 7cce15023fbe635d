package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.Kryo;
import fr.passnumerique.clearing.snapshot.Code;
import fr.passnumerique.clearing.snapshot.ObjectGraph;
import fr.passnumerique.clearing.snapshot.SnapshotFile;
import fr.passnumerique.clearing.snapshot.SnapshotFile.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Registers and the file that keeps them: all of a snapshot that needs no ledger, so that reading
 * it can begin before there is one. Whether it may be used is for {@link RegisterSnapshots} to say.
 */
public final class RegistersOnFile {
  private final Path directory;
  private final List<? extends Register> registers;
  private final FactCatalogue catalogue;

  private volatile @Nullable SnapshotFile file;
  private volatile @Nullable ObjectGraph graph;
  private volatile byte[] code = {};

  /** Done by whoever is the first to want it; who wants it meanwhile waits. */
  private volatile FutureTask<Optional<Content>> reading = new FutureTask<>(this::content);

  /**
   * @param registers in an order that is always the same
   */
  RegistersOnFile(Path directory, List<? extends Register> registers, FactCatalogue catalogue) {
    this.directory = directory;
    this.registers = registers;
    this.catalogue = catalogue;
  }

  /** The same place for others. */
  RegistersOnFile of(List<? extends Register> others) {
    return new RegistersOnFile(directory, others, catalogue);
  }

  Path directory() {
    return directory;
  }

  /**
   * What a file of this very code and of registers with these settings holds.
   *
   * @param assignment puts it into them; never fails half-way
   */
  record Content(Found found, Runnable assignment, long nanos) {}

  /** Begins to read it, while others do other things. Nothing may be folded yet. */
  void beginReading() {
    Thread.ofPlatform().daemon().name("register-snapshot").start(reading);
  }

  /**
   * Reads it, or waits until it is read. Registers are those of before until the {@code assignment}
   * is run.
   *
   * @return empty if there is none
   * @throws ExecutionException if it cannot be used, with the reason
   */
  Optional<Content> read() throws ExecutionException, InterruptedException {
    FutureTask<Optional<Content>> begun = reading;
    begun.run();
    return begun.get();
  }

  /** What was read is used or not, and of no use any more. */
  void forget() {
    reading = new FutureTask<>(this::content);
  }

  private Optional<Content> content() throws IOException {
    long started = System.nanoTime();
    ObjectGraph empty = ObjectGraph.of(registers);
    // Nothing is folded yet: what the registers hold are their settings.
    byte[] ours = code(empty);
    code = ours;
    graph = empty;
    SnapshotFile opened = SnapshotFile.in(directory);
    file = opened;
    Found found = opened.find().orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    if (!Arrays.equals(found.code(), ours)) {
      throw new SnapshotFile.UnusableException(
          "it was made by another release, or with other settings");
    }
    Runnable assignment = found.read(empty::read);
    return Optional.of(new Content(found, assignment, System.nanoTime() - started));
  }

  /** Whether it was tried to read it, and is known what is to be written where. */
  boolean canBeWritten() {
    return file != null && graph != null;
  }

  /** As {@link SnapshotFile#write}. */
  long write(SnapshotFile.StandStill standStill, SnapshotFile.Patience patience)
      throws IOException {
    SnapshotFile opened = file;
    ObjectGraph whole = graph;
    if (opened == null || whole == null) {
      throw new IllegalStateException("nobody has tried to read it");
    }
    return opened.write(code, standStill, whole, patience);
  }

  private byte[] code(ObjectGraph empty) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Class<?>> ours = new ArrayList<>(catalogue.code());
      ours.add(RegisterSnapshots.class);
      registers.forEach(register -> ours.add(register.getClass()));
      Code.digest(digest, ours, List.of(Kryo.class, ObjectMapper.class));
      digest.update(catalogue.versions().getBytes(UTF_8));
      digest.update(empty.bytes());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
