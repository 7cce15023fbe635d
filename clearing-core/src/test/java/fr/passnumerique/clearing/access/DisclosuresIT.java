package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Disclosures.Disclosed;
import fr.passnumerique.clearing.access.Disclosures.Disclosure;
import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.vault.PostgresVault;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DisclosuresIT {
  private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
  private static final Actor ANNE = new Actor("anne", Role.CLERK, "");
  private static final Map<String, String> ACCOUNT = Map.of("holder", "Médiathèque de Guéret");

  @TempDir private Path directory;

  private TestDatabase database;
  private Vault vault;
  private Disclosures trail;
  private PersonalData personal;

  @BeforeEach
  void nothingReadYet() {
    database = TestDatabase.fresh();
    vault = PostgresVault.open(database.ledger(), DataDirectory.at(directory));
    trail = new Disclosures(database.ledger(), Clock.fixed(NOW, ZoneOffset.UTC));
    personal = new PersonalData(vault, trail);
  }

  @AfterEach
  void dropped() {
    database.close();
  }

  @Test
  void whoeverReadsAnEntryLeavesALineWithWhoseAndWhatItIs() {
    VaultReference account = vault.seal("V-1", "account", ACCOUNT);

    assertThat(personal.open(account, ANNE)).contains(ACCOUNT);

    assertThat(lines()).hasSize(1);
    Disclosure line = lines().getFirst();
    assertThat(line.at()).isEqualTo(NOW);
    assertThat(line.account()).isEqualTo("anne");
    assertThat(line.subject()).isEqualTo("V-1");
    assertThat(line.kind()).isEqualTo("account");
    assertThat(line.entry()).isEqualTo(account.value());
  }

  @Test
  void aPageOfEntriesLeavesALineForEachAndEachReadingItsOwn() {
    VaultReference account = vault.seal("V-1", "account", ACCOUNT);
    VaultReference note = vault.seal("V-2", "reversal-note", Map.of("text", "vu"));

    assertThat(personal.openAll(List.of(account, note, account), ANNE)).hasSize(2);
    assertThat(personal.openAll(List.of(note), ANNE)).hasSize(1);
    assertThat(personal.openAll(List.of(), ANNE)).isEmpty();

    assertThat(lines())
        .extracting(Disclosure::subject)
        .containsExactlyInAnyOrder("V-1", "V-2", "V-2");
  }

  @Test
  void whatCannotBeOpenedLeavesNoLineAndWhatWasReadBeforeItWasErasedKeepsIts() {
    VaultReference account = vault.seal("V-1", "account", ACCOUNT);
    personal.open(account, ANNE);
    vault.erase("V-1");

    assertThat(personal.open(account, ANNE)).isEmpty();
    assertThat(personal.open(new VaultReference("never-sealed"), ANNE)).isEmpty();

    assertThat(lines()).extracting(Disclosure::subject).containsExactly("V-1");
  }

  @Test
  void whatCannotBeNotedIsNotShown() {
    VaultReference account = vault.seal("V-1", "account", ACCOUNT);
    PersonalData unnoted = new PersonalData(vault, (_, _) -> List.of());

    assertThat(unnoted.open(account, ANNE)).isEmpty();
  }

  @Test
  void theNewestComesFirstPageByPage() {
    for (String venue : List.of("V-1", "V-2", "V-3")) {
      personal.open(vault.seal(venue, "account", ACCOUNT), ANNE);
    }

    Disclosed first = trail.newest(null, 2);
    Disclosed second = trail.newest(first.next().orElseThrow(), 2);

    assertThat(first.disclosures()).extracting(Disclosure::subject).containsExactly("V-3", "V-2");
    assertThat(second.disclosures()).extracting(Disclosure::subject).containsExactly("V-1");
    assertThat(second.next()).isEmpty();
    assertThat(trail.newest(null, 3).next()).as("a page that is just full").isEmpty();
    assertThatThrownBy(() -> trail.newest(null, Disclosures.LONGEST_PAGE + 1))
        .isInstanceOf(Problem.class);
  }

  @Test
  void whoServesRequestsMayNeitherChangeNorDeleteALine() {
    personal.open(vault.seal("V-1", "account", ACCOUNT), ANNE);
    JdbcClient jdbc = JdbcClient.create(database.ledger());

    for (String sql :
        List.of(
            "update access.disclosure set account = 'bert'",
            "delete from access.disclosure",
            "truncate access.disclosure")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update())
          .as(sql)
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  private List<Disclosure> lines() {
    return trail.newest(null, 100).disclosures();
  }
}
