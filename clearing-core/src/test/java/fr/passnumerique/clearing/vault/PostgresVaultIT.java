package fr.passnumerique.clearing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.database.DatabaseUnavailableException;
import fr.passnumerique.clearing.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PostgresVaultIT {
  private static final String VENUE = "21230001200017";
  private static final Map<String, String> ACCOUNT =
      Map.of("iban", "FR7630006000011234567890189", "holder", "Médiathèque de Guéret");

  @TempDir private Path directory;

  private TestDatabase database;
  private PostgresVault vault;

  @BeforeEach
  void aNewVault() {
    database = TestDatabase.fresh();
    vault = openVault();
  }

  @AfterEach
  void dropped() {
    database.close();
  }

  @Test
  void whatWasSealedCanBeOpenedAlsoAfterARestart() {
    VaultReference reference = vault.seal(VENUE, "account", ACCOUNT);
    assertThat(vault.open(reference)).contains(ACCOUNT);
    assertThat(openVault().open(reference)).contains(ACCOUNT);
  }

  @Test
  void whatIsSoughtIsFoundOnceSealedAndMakesNothing() {
    assertThat(vault.find(VENUE, "account", ACCOUNT)).isEmpty();
    assertThat(count("vault.subject_key")).isZero();
    VaultReference reference = vault.seal(VENUE, "account", ACCOUNT);
    assertThat(vault.find(VENUE, "account", ACCOUNT)).contains(reference);
    assertThat(openVault().find(VENUE, "account", ACCOUNT)).contains(reference);
    assertThat(vault.find(VENUE, "contact", ACCOUNT)).isEmpty();
    assertThat(vault.find(VENUE, "account", Map.of())).isEmpty();
    assertThat(vault.find("21230001200025", "account", ACCOUNT)).isEmpty();
    vault.erase(VENUE);
    assertThat(vault.find(VENUE, "account", ACCOUNT)).isEmpty();
    assertThat(count("vault.entry")).isEqualTo(1);
  }

  @Test
  void emptyContentAndAwkwardTextComeBackAsTheyWere() {
    for (Map<String, String> content :
        List.of(
            Map.<String, String>of(),
            Map.of("", ""),
            Map.of("note", "line\nof \u0000 and 🚌", "é", "È".repeat(70_000)))) {
      assertThat(vault.open(vault.seal(VENUE, "note", content))).contains(content);
    }
  }

  @Test
  void halfACharacterIsRefusedAndNotReplaced() {
    assertThatThrownBy(() -> vault.seal(VENUE, "note", Map.of("note", "\ud83d")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count("vault.entry")).isZero();
  }

  @Test
  void theSameContentSealedAgainIsTheSameEntry() {
    VaultReference first = vault.seal(VENUE, "account", ACCOUNT);
    assertThat(vault.seal(VENUE, "account", ACCOUNT)).isEqualTo(first);
    assertThat(openVault().seal(VENUE, "account", ACCOUNT)).isEqualTo(first);
    assertThat(count("vault.entry")).isEqualTo(1);
    assertThat(count("vault.subject_key")).isEqualTo(1);
  }

  @Test
  void otherContentKindOrSubjectIsAnotherEntry() {
    var references =
        new HashSet<>(
            List.of(
                vault.seal(VENUE, "account", ACCOUNT),
                vault.seal(VENUE, "contact", ACCOUNT),
                vault.seal("21230001200025", "account", ACCOUNT),
                vault.seal(VENUE, "account", Map.of("iban", "FR7630006000011234567890189")),
                // The same letters, cut elsewhere.
                vault.seal(VENUE, "account", Map.of("a", "bc")),
                vault.seal(VENUE, "account", Map.of("ab", "c"))));
    assertThat(references).hasSize(6);
  }

  @Test
  void twoNodesThatSealASubjectsFirstEntryAtOnceMakeOneKeyAndOneEntry() throws Exception {
    int rounds = 20;
    int nodes = 4;
    try (var threads = Executors.newFixedThreadPool(nodes)) {
      for (int round = 0; round < rounds; round++) {
        String subject = "venue-" + round;
        var start = new CyclicBarrier(nodes);
        var tasks = new ArrayList<Callable<VaultReference>>();
        for (int node = 0; node < nodes; node++) {
          tasks.add(
              () -> {
                start.await();
                return vault.seal(subject, "account", ACCOUNT);
              });
        }
        var references = new HashSet<VaultReference>();
        for (var sealed : threads.invokeAll(tasks)) {
          references.add(sealed.get());
        }
        assertThat(references).hasSize(1);
      }
    }
    assertThat(count("vault.subject_key")).isEqualTo(rounds);
    assertThat(count("vault.entry")).isEqualTo(rounds);
  }

  @Test
  void manyAreSealedAllOrNone() {
    var contents = new ArrayList<Vault.Content>();
    for (int i = 0; i < 1_000; i++) {
      contents.add(
          new Vault.Content("venue-" + i % 700, "contact", Map.of("email", i + "@example.org")));
    }
    List<VaultReference> references = vault.sealAll(contents);
    assertThat(vault.openAll(references)).hasSize(1_000);
    assertThat(vault.open(references.get(999))).contains(Map.of("email", "999@example.org"));
    assertThat(vault.sealAll(contents)).isEqualTo(references);
    assertThat(count("vault.subject_key")).isEqualTo(700);

    assertThatThrownBy(
            () ->
                vault.sealAll(
                    List.of(
                        new Vault.Content("another", "contact", Map.of("email", "a@example.org")),
                        new Vault.Content("another", "contact", Map.of("email", "\udc00")))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count("vault.subject_key")).isEqualTo(700);
  }

  @Test
  void anErasedSubjectCannotBeReadAndTheOthersCan() {
    VaultReference account = vault.seal(VENUE, "account", ACCOUNT);
    VaultReference contact = vault.seal(VENUE, "contact", Map.of("email", "a@example.org"));
    VaultReference other = vault.seal("21230001200025", "account", ACCOUNT);
    vault.erase(VENUE);
    assertThat(vault.open(account)).isEmpty();
    assertThat(vault.open(contact)).isEmpty();
    assertThat(vault.open(other)).contains(ACCOUNT);
    assertThat(vault.openAll(List.of(account, other))).containsOnlyKeys(other);
    assertThat(
            rows(
                "select coalesce(subject, '') || coalesce(wrapped::text, '') from vault.subject_key"
                    + " where erased_at is not null"))
        .containsExactly("");
  }

  @Test
  void erasingTwiceOrNobodyChangesNothing() {
    vault.erase("nobody");
    vault.seal(VENUE, "account", ACCOUNT);
    vault.erase(VENUE);
    var erasedAt = rows("select erased_at::text from vault.subject_key");
    vault.erase(VENUE);
    assertThat(rows("select erased_at::text from vault.subject_key")).isEqualTo(erasedAt);
  }

  @Test
  void aSubjectThatComesBackGetsANewKeyAndItsOldReferencesStayClosed() {
    VaultReference before = vault.seal(VENUE, "account", ACCOUNT);
    vault.erase(VENUE);
    VaultReference after = vault.seal(VENUE, "account", ACCOUNT);
    // Else whoever guesses the content could tell it from the reference that facts still hold.
    assertThat(after).isNotEqualTo(before);
    assertThat(vault.open(before)).isEmpty();
    assertThat(vault.open(after)).contains(ACCOUNT);
  }

  @Test
  void anErasureWaitsForASealingThatIsUnderWayAndThenTakesItToo() throws Exception {
    vault.seal(VENUE, "account", ACCOUNT);
    try (var threads = Executors.newSingleThreadExecutor();
        var sealing = database.ledger().getConnection()) {
      sealing.setAutoCommit(false);
      try (var statement = sealing.createStatement()) {
        statement.execute(
            "select from vault.subject_key where subject = '" + VENUE + "' for share");
      }
      var erasure = threads.submit(() -> vault.erase(VENUE));
      Thread.sleep(200);
      assertThat(erasure.isDone()).isFalse();
      sealing.commit();
      erasure.get();
      sealing.setAutoCommit(true);
    }
    assertThat(rows("select id::text from vault.subject_key where erased_at is null")).isEmpty();
  }

  @Test
  void anUnknownReferenceOpensNothing() {
    assertThat(vault.open(new VaultReference("0".repeat(40)))).isEmpty();
    assertThat(vault.openAll(List.of())).isEmpty();
    assertThat(vault.sealAll(List.of())).isEmpty();
  }

  @Test
  void whatWasChangedInTheDatabaseIsNotOpened() {
    for (String change :
        List.of(
            "update vault.entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)",
            "update vault.entry set sealed = set_byte(sealed, 0, get_byte(sealed, 0) # 1)",
            "update vault.entry set sealed = substr(sealed, 1, 8)",
            "update vault.entry set kind = 'contact'",
            "update vault.subject_key set subject = '21230001200025'",
            "update vault.subject_key set wrapped = set_byte(wrapped, 15, get_byte(wrapped, 15) #"
                + " 1)")) {
      dropped();
      aNewVault();
      VaultReference account = vault.seal(VENUE, "account", ACCOUNT);
      change(change);
      assertThatThrownBy(() -> vault.open(account))
          .as(change)
          .isInstanceOf(VaultUnreadableException.class)
          .hasMessageContaining("was changed in the database")
          .hasMessageNotContaining("FR76");
    }
  }

  @Test
  void anEntryThatIsPutUnderAnotherReferenceOrSubjectIsNotOpened() {
    VaultReference mine = vault.seal(VENUE, "account", ACCOUNT);
    VaultReference theirs =
        vault.seal(VENUE, "account", Map.of("iban", "FR7610107001011234567890129"));
    change("create table vault.aside as select * from vault.entry");
    change(
        "update vault.entry e set sealed = a.sealed from vault.aside a where e.reference = '%s' and a.reference = '%s'"
            .formatted(mine, theirs));
    assertThatThrownBy(() -> vault.open(mine)).isInstanceOf(VaultUnreadableException.class);
    VaultReference other = vault.seal("21230001200025", "account", ACCOUNT);
    change(
        "update vault.entry set subject_key = (select id from vault.subject_key where subject = '21230001200025') where reference = '%s'"
            .formatted(theirs));
    assertThatThrownBy(() -> vault.open(theirs)).isInstanceOf(VaultUnreadableException.class);
    assertThat(vault.open(other)).contains(ACCOUNT);
  }

  @Test
  void neitherContentNorIbanStandsInTheDatabase() {
    vault.seal(VENUE, "account", ACCOUNT);
    for (String text : List.of("FR7630006000011234567890189", "Guéret", "holder")) {
      assertThat(
              rows(
                  "select reference from vault.entry where position('%s'::text::bytea in sealed) > 0 or reference = '%1$s'"
                      .formatted(text)))
          .isEmpty();
    }
  }

  @Test
  void aVaultIsNotOpenedWithAnotherMasterKeyNorWithoutOne() throws Exception {
    vault.seal(VENUE, "account", ACCOUNT);
    Path key = directory.resolve("keys/vault-1");
    Path aside = Files.move(key, directory.resolve("aside"));
    assertThatThrownBy(this::openVault)
        .isInstanceOf(VaultUnreadableException.class)
        .hasMessageContaining("keys/vault-1")
        .hasMessageContaining("restore");
    assertThat(key).doesNotExist();

    DataDirectory.at(directory).replace("keys/vault-1", "ab".repeat(32).getBytes());
    assertThatThrownBy(this::openVault)
        .isInstanceOf(VaultUnreadableException.class)
        .hasMessageContaining("is not the master key")
        .hasMessageNotContaining("abab");

    DataDirectory.at(directory).replace("keys/vault-1", "ab".getBytes());
    assertThatThrownBy(this::openVault)
        .isInstanceOf(VaultUnreadableException.class)
        .hasMessageContaining("damaged");

    Files.move(aside, key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    openVault();
  }

  @Test
  void aMasterKeyThatOthersCanReadIsRefused() throws Exception {
    Path key = directory.resolve("keys/vault-1");
    assertThat(Files.getPosixFilePermissions(key))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::openVault)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void fingerprintsAreEqualForEqualValuesUnderOneMasterKeyOnly(@TempDir Path another) {
    String fingerprint = vault.fingerprint("FR7630006000011234567890189");
    assertThat(openVault().fingerprint("FR7630006000011234567890189")).isEqualTo(fingerprint);
    assertThat(vault.fingerprint("FR7630006000011234567890188")).isNotEqualTo(fingerprint);
    try (var other = TestDatabase.fresh()) {
      assertThat(
              PostgresVault.open(other.ledger(), DataDirectory.at(another))
                  .fingerprint("FR7630006000011234567890189"))
          .isNotEqualTo(fingerprint);
    }
  }

  @Test
  void asABeanItStandsOnTheDatabaseOfTheApplication() {
    new ApplicationContextRunner()
        .withUserConfiguration(DatabaseConfiguration.class, VaultConfiguration.class)
        .withPropertyValues(
            database.properties().entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toArray(String[]::new))
        .run(
            context -> {
              // Its data directory holds no master key, and this vault has one.
              assertThat(context).getFailure().rootCause().hasMessageContaining("keys/vault-1");
            });
    new ApplicationContextRunner()
        .withUserConfiguration(DatabaseConfiguration.class, VaultConfiguration.class)
        .withPropertyValues(
            database.properties().entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toArray(String[]::new))
        .withPropertyValues("pass.data-directory=" + directory)
        .run(
            context -> {
              VaultReference reference = vault.seal(VENUE, "account", ACCOUNT);
              assertThat(context.getBean(Vault.class).open(reference)).contains(ACCOUNT);
            });
  }

  private PostgresVault openVault() {
    return PostgresVault.open(database.ledger(), DataDirectory.at(directory));
  }

  private void change(String sql) {
    try (var connection = database.superuser().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int count(String table) {
    return rows("select 1 from " + table).size();
  }

  private List<String> rows(String query) {
    try (var connection = database.superuser().getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
