package fr.passnumerique.clearing.issuance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;

import fr.passnumerique.clearing.ledger.MissingKeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Master keys in files of a directory of their own, outside the database and outside its backups:
 * who steals either has no codes. Each file is 64 hexadecimal digits, 256 bits, readable by its
 * owner only, and is never changed. Lose one and the cheques issued under it can no longer be told
 * from forgeries, so the directory wants a backup of its own.
 *
 * <p>A key is named by a number and its own fingerprint, {@code check-1-7Q4ZK2}. Under {@code
 * check-1} alone, a node started without its directory would make another key of the same name and
 * reject every cheque as forged; as it is, it misses the key of the older batches, and says so.
 *
 * <p>Safe for any number of threads; they share no lock.
 */
public final class FileCheckKeys implements CheckKeys {
  private static final Pattern NAME =
      Pattern.compile("check-([1-9][0-9]{0,8})-([0-9A-HJKMNP-TV-Z]{6})");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final String currentKeyName;
  private final ConcurrentMap<String, CheckKey> keys = new ConcurrentHashMap<>();

  private FileCheckKeys(Path directory, String currentKeyName) {
    this.directory = directory;
    this.currentKeyName = currentKeyName;
  }

  /**
   * Opens the directory, and on a first start makes it and one key, on disk before this returns.
   * Every key found is read, so that a damaged one stops the start and not a venue's slip.
   *
   * @throws IllegalStateException if a key is damaged, or others than the owner have access
   */
  public static FileCheckKeys open(Path directory) {
    return open(directory, new SecureRandom());
  }

  /**
   * The same for a simulation, whose codes come from its seed.
   *
   * @param source of the key made on a first start; whoever can predict it can forge every cheque
   */
  public static FileCheckKeys open(Path directory, RandomGenerator source) {
    try {
      createDirectory(directory);
      requireOwnerOnly(directory);
      List<String> names = names(directory);
      if (names.isEmpty()) {
        names = List.of(createKey(directory, source));
      }
      var opened = new FileCheckKeys(directory, names.getLast());
      names.forEach(opened::key);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("check keys in " + directory + " cannot be read or made", e);
    }
  }

  @Override
  public boolean matches(ChequeCode code, String keyName) {
    // Two words compared at once: there is no first difference whose time could be measured.
    return check(code.serial(), keyName) == code.check();
  }

  @Override
  public int check(Serial serial, String keyName) {
    CheckKey key = keys.get(keyName);
    return (key == null ? key(keyName) : key).check(serial);
  }

  /** That of the highest number when the directory was opened. */
  @Override
  public String currentKeyName() {
    return currentKeyName;
  }

  /** Looks on the disk for a name not met before: another node may have made the key since. */
  private CheckKey key(String name) {
    return keys.computeIfAbsent(name, this::read);
  }

  private CheckKey read(String name) {
    Matcher parts = NAME.matcher(name);
    // The name is tested first: it may come from an imported ledger, and must stay in the
    // directory.
    if (!parts.matches() || !Files.isRegularFile(directory.resolve(name))) {
      throw new MissingKeyException(
          name,
          "check key %s is not in %s; restore that directory from its own backup"
              .formatted(name, directory));
    }
    Path file = directory.resolve(name);
    try {
      requireOwnerOnly(file);
      String digits = Files.readString(file, ISO_8859_1).strip();
      if (digits.length() == 2 * CheckKey.BYTES) {
        var key = new CheckKey(HexFormat.of().parseHex(digits));
        if (key.fingerprint().equals(parts.group(2))) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      // Not hexadecimal. The exception quotes what it found, which may be most of a key: dropped.
    } catch (IOException e) {
      throw new UncheckedIOException("check key %s cannot be read".formatted(name), e);
    }
    throw new IllegalStateException(
        "check key %s in %s is damaged: it is not the key that its name was made from; restore that directory from its own backup"
            .formatted(name, directory));
  }

  /** In order of their number; two nodes that started at once may both have made a first one. */
  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted(comparingInt(FileCheckKeys::number).thenComparing(naturalOrder()))
          .toList();
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name, "check-".length(), name.lastIndexOf('-'), 10);
  }

  private static String createKey(Path directory, RandomGenerator source) throws IOException {
    byte[] master = new byte[CheckKey.BYTES];
    source.nextBytes(master);
    String name = "check-1-" + new CheckKey(master).fingerprint();
    // Written aside and renamed when it is on disk: a crash leaves a whole key or none.
    Path draft = directory.resolve(name + ".draft");
    Files.deleteIfExists(draft);
    try (var channel =
        FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), attributes(directory, OWNER_FILE))) {
      var digits = ByteBuffer.wrap((HexFormat.of().formatHex(master) + '\n').getBytes(US_ASCII));
      while (digits.hasRemaining()) {
        channel.write(digits);
      }
      channel.force(true);
    }
    // Not ATOMIC_MOVE, which would replace a file of that name; this fails instead.
    Files.move(draft, directory.resolve(name));
    forceDirectory(directory);
    return name;
  }

  private static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(directory, attributes(directory, OWNER_DIRECTORY));
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  private static void requireOwnerOnly(Path path) throws IOException {
    if (!isPosix(path)) {
      return;
    }
    var others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    others.removeAll(OWNER_DIRECTORY);
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          "only its owner may have access to %s, others have %s; run: chmod go= %s"
              .formatted(path, others, path));
    }
  }

  /**
   * Windows knows no such permissions: there the access list of the directory above is passed on.
   */
  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /** A new name is on disk only when its directory is; Windows cannot open a directory for that. */
  private static void forceDirectory(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (var channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
