package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The embedded server's passwords, one per role, made on the first start. Trusting local
 * connections instead would open the ledger to every program on the machine.
 */
final class ServerPasswords {
  private static final String FILE = "postgres-passwords.properties";
  private static final String SUPERUSER = "postgres";

  private final Properties passwords = new Properties();

  private ServerPasswords(byte[] file) {
    try {
      passwords.load(new StringReader(new String(file, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ServerPasswords keptIn(DataDirectory directory) {
    return new ServerPasswords(directory.keep(FILE, ServerPasswords::generate));
  }

  private static byte[] generate() {
    var file = new StringBuilder();
    var random = new SecureRandom();
    var password = new byte[24];
    random.nextBytes(password);
    file.append(SUPERUSER).append('=').append(encode(password)).append('\n');
    for (ApplicationRole role : ApplicationRole.values()) {
      random.nextBytes(password);
      file.append(role.roleName()).append('=').append(encode(password)).append('\n');
    }
    return file.toString().getBytes(UTF_8);
  }

  private static String encode(byte[] password) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(password);
  }

  String ofSuperuser() {
    return require(SUPERUSER);
  }

  String of(ApplicationRole role) {
    return require(role.roleName());
  }

  private String require(String role) {
    String password = passwords.getProperty(role);
    if (password == null) {
      throw new DatabaseUnavailableException(
          "%s lacks the password of %s; restore the file from a copy of the data directory"
              .formatted(FILE, role));
    }
    return password;
  }
}
