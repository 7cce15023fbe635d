package fr.passnumerique.clearing.database;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which database a node uses, and as whom.
 *
 * <table>
 * <caption>Properties</caption>
 * <tr><td>{@code pass.data-directory}</td><td>what the node keeps; {@code .data}</td></tr>
 * <tr><td>{@code spring.datasource.url}</td><td>a PostgreSQL server of the operator's; without it,
 * the embedded one in the data directory</td></tr>
 * <tr><td>{@code pass.database.migrate}</td><td>{@code true}: bring the schema to this version at
 * the start, as the owner; {@code false}: only compare</td></tr>
 * <tr><td>{@code pass.database.<role>.username}, {@code .password}</td><td>for a server of the
 * operator's; {@code <role>} is {@code owner}, {@code clearing}, {@code projections} or {@code
 * reader}; the user name is {@code pass_<role>} unless given</td></tr>
 * <tr><td>{@code pass.database.<role>.pool-size}</td><td>connections at most</td></tr>
 * </table>
 *
 * @param url null for the embedded server
 * @param accounts of every role; not asked with the embedded server, which has its own
 */
public record DatabaseSettings(
    Path dataDirectory,
    @Nullable String url,
    boolean migrate,
    Map<ApplicationRole, Account> accounts) {

  /**
   * As whom to connect in a role.
   *
   * @param password null where the server asks none, as with client certificates
   * @param given whether the configuration names this account at all: a node is told only those it
   *     works as
   */
  public record Account(String username, @Nullable String password, int poolSize, boolean given) {
    @Override
    public String toString() {
      return username;
    }
  }

  public DatabaseSettings {
    accounts = Map.copyOf(accounts);
  }

  /** The embedded server in a data directory, migrated at the start. */
  public static DatabaseSettings embedded(Path dataDirectory) {
    return of(Map.of("pass.data-directory", dataDirectory.toString())::get);
  }

  /**
   * @param property gives null for what is not set
   */
  public static DatabaseSettings of(Function<String, @Nullable String> property) {
    Map<ApplicationRole, Account> accounts = new EnumMap<>(ApplicationRole.class);
    for (ApplicationRole role : ApplicationRole.values()) {
      accounts.put(role, account(role, property));
    }
    return new DatabaseSettings(
        Path.of(orElse(property.apply("pass.data-directory"), ".data")),
        property.apply("spring.datasource.url"),
        Boolean.parseBoolean(orElse(property.apply("pass.database.migrate"), "true")),
        accounts);
  }

  private static Account account(
      ApplicationRole role, Function<String, @Nullable String> property) {
    String prefix = prefix(role);
    String username = property.apply(prefix + ".username");
    String password = property.apply(prefix + ".password");
    return new Account(
        orElse(username, role.roleName()),
        password,
        Integer.parseInt(orElse(property.apply(prefix + ".pool-size"), "8")),
        username != null || password != null);
  }

  static String prefix(ApplicationRole role) {
    return "pass.database." + role.name().toLowerCase(Locale.ROOT);
  }

  Account account(ApplicationRole role) {
    Account account = accounts.get(role);
    if (account == null) {
      throw new IllegalArgumentException("no account for " + role);
    }
    return account;
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
