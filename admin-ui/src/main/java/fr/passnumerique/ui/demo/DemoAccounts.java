package fr.passnumerique.ui.demo;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo's accounts: one or more for each role, with random passwords and keys, written to a file
 * that its owner alone can read.
 */
final class DemoAccounts {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final List<Entry> entries;

  /**
   * One account as scripts read it.
   *
   * @param subject the funder, venue or prescriber; empty for clerks and auditors
   */
  record Entry(String role, String login, String password, String apiKey, String subject) {}

  /** The file's content. */
  record Content(List<Entry> accounts) {}

  private DemoAccounts(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = List.copyOf(entries);
  }

  /** Somebody who is to have an account. */
  record Wanted(Role role, String login, String subject) {}

  /**
   * Reads the accounts of an earlier start, or makes them.
   *
   * @param file {@code demo-accounts.json} in the data directory
   */
  static DemoAccounts readOrCreate(Path file, Accounts accounts, List<Wanted> wanted) {
    List<Entry> made = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        List<Entry> known = JSON.readValue(Files.readString(file), Content.class).accounts();
        if (wanted.stream().allMatch(one -> knows(known, one))) {
          return new DemoAccounts(file, known);
        }
        made.addAll(known);
      }
      for (Wanted one : wanted) {
        if (!knows(made, one)) {
          made.add(create(accounts, one));
        }
      }
      write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Content(made)));
      return new DemoAccounts(file, made);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's accounts cannot be kept in " + file, e);
    }
  }

  /** A release may want accounts that an earlier one did not make. */
  private static boolean knows(List<Entry> entries, Wanted wanted) {
    return entries.stream().anyMatch(entry -> entry.login().equals(wanted.login()));
  }

  /**
   * An interrupted start may have made the account and not the file: then it gets a new password.
   */
  private static Entry create(Accounts accounts, Wanted wanted) {
    String by = Actor.ENGINE.account();
    String password = password();
    Account account =
        accounts.all().stream()
            .filter(known -> known.login().equals(wanted.login()))
            .findFirst()
            .map(
                known -> {
                  accounts.changePassword(known.id(), password);
                  return known;
                })
            .orElseGet(
                () ->
                    accounts.create(wanted.login(), password, wanted.role(), wanted.subject(), by));
    return new Entry(
        wanted.role().name().toLowerCase(Locale.ROOT),
        account.login(),
        password,
        accounts.createKey(account.id(), "demo", by).key(),
        wanted.subject());
  }

  private static String password() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  private static void write(Path file, String text) throws IOException {
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "demo-accounts",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Path file() {
    return file;
  }

  /** The key of a role's first account. */
  String key(Role role) {
    return entries.stream()
        .filter(entry -> entry.role().equals(role.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow()
        .apiKey();
  }

  String keyOfLogin(String login) {
    return entries.stream()
        .filter(entry -> entry.login().equals(login))
        .findFirst()
        .orElseThrow()
        .apiKey();
  }

  /** The key of a party's account; the clerk's where the party has none in the demo. */
  String keyOf(String subject) {
    return entries.stream()
        .filter(entry -> entry.subject().equals(subject))
        .findFirst()
        .map(Entry::apiKey)
        .orElseGet(() -> key(Role.CLERK));
  }
}
