package fr.passnumerique.clearing.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.passnumerique.clearing.ledger.MissingKeyException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckKeysTest {
  /** Bytes 00 to 1F: for this test alone. */
  private static final String KNOWN_KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

  private static final String KNOWN_NAME = "check-1-BJW3N4";

  private static final Serial FIRST = new Serial(Batch.of(1), 1);
  private static final Serial LAST = new Serial(Batch.of(33_554_431), 1_048_575);

  @TempDir Path data;
  private Path directory;

  @BeforeEach
  void nameTheDirectory() {
    directory = data.resolve("keys");
  }

  /** Cheques are on paper for years: these values must never change. */
  @Test
  void computesTheCheckPartsThatWereEverPrinted() throws IOException {
    var keys = FileCheckKeys.open(directory);
    write(KNOWN_NAME, KNOWN_KEY);
    assertThat(new ChequeCode(FIRST, keys.check(FIRST, KNOWN_NAME)).printed())
        .isEqualTo("00001-0001-07XMDB");
    assertThat(new ChequeCode(LAST, keys.check(LAST, KNOWN_NAME)).printed())
        .isEqualTo("ZZZZZ-ZZZZ-HPVYW5");
  }

  @Test
  void acceptsItsOwnCodeAndNoneThatDiffersInOneBit() {
    var keys = FileCheckKeys.open(directory);
    String name = keys.currentKeyName();
    var code = new ChequeCode(FIRST, keys.check(FIRST, name));
    assertThat(keys.matches(code, name)).isTrue();
    for (int bit = 0; bit < ChequeCode.CHECK_BITS; bit++) {
      assertThat(keys.matches(new ChequeCode(FIRST, code.check() ^ 1 << bit), name)).isFalse();
    }
    assertThat(keys.matches(new ChequeCode(LAST, code.check()), name)).isFalse();
  }

  @Test
  void givesNeighboursCodesThatDoNotFollowFromEachOther() {
    var keys = FileCheckKeys.open(directory);
    String name = keys.currentKeyName();
    var checks = new HashSet<Integer>();
    var steps = new HashSet<Integer>();
    int previous = 0;
    int[] set = new int[ChequeCode.CHECK_BITS];
    for (int ordinal = 1; ordinal <= 2_000; ordinal++) {
      int check = keys.check(new Serial(Batch.of(7), ordinal), name);
      assertThat(check).isBetween(0, (1 << 30) - 1);
      checks.add(check);
      steps.add(check - previous);
      previous = check;
      for (int bit = 0; bit < set.length; bit++) {
        set[bit] += check >> bit & 1;
      }
    }
    // By chance two of 2 000 are alike once in 500 runs, and three pairs once in 10⁹.
    assertThat(checks).hasSizeGreaterThan(1_997);
    assertThat(steps).hasSizeGreaterThan(1_997);
    // Each bit is set in half of the codes, give or take seven standard deviations.
    assertThat(IntStream.of(set)).allMatch(count -> count > 843 && count < 1_157);
    assertThat(keys.check(new Serial(Batch.of(8), 1), name))
        .isNotEqualTo(keys.check(new Serial(Batch.of(7), 1), name));
  }

  @Test
  void keepsItsKeysFromEveryoneButTheirOwner() throws IOException {
    assumePosix();
    FileCheckKeys.open(directory);
    assertThat(permissions(directory)).isEqualTo("rwx------");
    try (var files = Files.list(directory)) {
      assertThat(files.map(FileCheckKeysTest::permissions)).containsExactly("rw-------");
    }
  }

  @Test
  void refusesToStartWhenOthersCanReadAKey() throws IOException {
    assumePosix();
    Path file = directory.resolve(FileCheckKeys.open(directory).currentKeyName());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> FileCheckKeys.open(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GROUP_READ")
        .hasMessageEndingWith("run: chmod go= " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> FileCheckKeys.open(directory))
        .hasMessageEndingWith("run: chmod go= " + directory);
  }

  @Test
  void keepsItsKeysOverARestart() throws IOException {
    var before = FileCheckKeys.open(directory);
    String file = Files.readString(directory.resolve(before.currentKeyName()));
    var after = FileCheckKeys.open(directory);
    assertThat(after.currentKeyName()).isEqualTo(before.currentKeyName());
    assertThat(after.check(LAST, after.currentKeyName()))
        .isEqualTo(before.check(LAST, before.currentKeyName()));
    assertThat(Files.readString(directory.resolve(after.currentKeyName()))).isEqualTo(file);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void issuesUnderTheKeyOfTheHighestNumberAndStillKnowsTheOlder() throws IOException {
    var keys = FileCheckKeys.open(directory);
    write(KNOWN_NAME.replace("-1-", "-2-"), KNOWN_KEY);
    write(KNOWN_NAME.replace("-1-", "-10-"), KNOWN_KEY);
    var reopened = FileCheckKeys.open(directory);
    assertThat(reopened.currentKeyName()).isEqualTo(KNOWN_NAME.replace("-1-", "-10-"));
    String older = keys.currentKeyName();
    assertThat(reopened.check(FIRST, older)).isEqualTo(keys.check(FIRST, older));
  }

  @Test
  void saysWhichKeyIsMissingAndHowToGetItBack() throws IOException {
    var lost = FileCheckKeys.open(directory).currentKeyName();
    Files.delete(directory.resolve(lost));
    var keys = FileCheckKeys.open(directory);
    assertThat(keys.currentKeyName()).isNotEqualTo(lost);
    assertThatThrownBy(() -> keys.check(FIRST, lost))
        .isInstanceOf(MissingKeyException.class)
        .hasMessage(
            "check key %s is not in %s; restore that directory from its own backup"
                .formatted(lost, directory));
    assertThatThrownBy(() -> keys.matches(new ChequeCode(FIRST, 0), "../" + lost))
        .hasMessageStartingWith("check key ../" + lost + " is not in");
  }

  @Test
  void neverTakesAnotherKeyForOneOfThatName() throws IOException {
    String name = FileCheckKeys.open(directory).currentKeyName();
    for (String damaged : List.of(KNOWN_KEY, "", KNOWN_KEY.substring(2), "é".repeat(64))) {
      write(name, damaged);
      assertThatThrownBy(() -> FileCheckKeys.open(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("check key " + name)
          .hasMessageContaining("is damaged")
          .hasMessageNotContaining("0102030405");
    }
  }

  @Test
  void makesAWholeKeyAfterACrashBeforeTheFirstWasWhole() throws IOException {
    FileCheckKeys.open(directory);
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.move(file, file.resolveSibling(file.getFileName() + ".draft"));
      }
    }
    assertThat(FileCheckKeys.open(directory).currentKeyName()).startsWith("check-1-");
  }

  /** More batches than are kept in memory, so that threads also meet while they are thrown away. */
  @Test
  void givesAllThreadsTheSameAnswers() throws Exception {
    var keys = FileCheckKeys.open(directory);
    String name = keys.currentKeyName();
    var together = new CyclicBarrier(2);
    Callable<List<Integer>> checks =
        () -> {
          together.await();
          return IntStream.rangeClosed(1, 20_000)
              .mapToObj(i -> keys.check(new Serial(Batch.of(i / 3 + 1), i), name))
              .toList();
        };
    try (var threads = Executors.newFixedThreadPool(2)) {
      var answers = threads.invokeAll(List.of(checks, checks));
      var alone = FileCheckKeys.open(directory);
      for (var answer : answers) {
        assertThat(answer.get())
            .isEqualTo(
                IntStream.rangeClosed(1, 20_000)
                    .mapToObj(i -> alone.check(new Serial(Batch.of(i / 3 + 1), i), name))
                    .toList());
      }
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    if (isPosix()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void assumePosix() {
    assumeThat(isPosix()).isTrue();
  }

  private static boolean isPosix() {
    Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
    return views.contains("posix");
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
