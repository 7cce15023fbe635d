package fr.passnumerique.projections.export;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.export.ExportLine.AccountCents;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FundersShareTest {
  private final FundersShare share = new FundersShare("anct");

  @Test
  void theChequesOfAReplacementAreOfTheAgreementOfThoseTheyReplace() throws IOException {
    assertThat(shows("AgreementSigned", "")).isTrue();
    shows("ChequesIssued", "");

    assertThat(shows("ChequesReplaced", "")).isTrue();
    assertThat(shows("SlipJudged", "00009")).as("of the new cheques").isTrue();
    assertThat(shows("SlipJudged", "00008")).as("of a batch that nobody issued").isFalse();
  }

  /** A fact posts to one account by several rules, and for each of its parts. */
  @Test
  void anAccountThatALeftOutRowMovesStandsThereOnceWithTheSum() throws IOException {
    int joined = 0;
    for (FactType type : FactSamples.types().toList()) {
      FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
      for (JsonNode variant : FactSamples.variants(type)) {
        Fact fact = catalogue.read(type.name(), type.version(), variant.toString());
        List<Entry> posted =
            Stream.concat(Postings.of(fact).stream(), Stages.of(fact).stream())
                .filter(entry -> entry.account().funder().equals("anct"))
                .toList();
        Map<AccountCents, Long> sums = new HashMap<>();
        posted.forEach(
            entry ->
                sums.merge(AccountCents.of(entry.account(), 0), entry.cents(), Math::addExact));
        sums.values().removeIf(cents -> cents == 0);
        List<AccountCents> told = share.entries(fact);
        assertThat(told)
            .as(variant.toString())
            .containsExactlyInAnyOrderElementsOf(
                sums.entrySet().stream().map(sum -> with(sum.getKey(), sum.getValue())).toList());
        joined += posted.size() - told.size();
      }
    }
    assertThat(joined).isPositive();
  }

  /** The funder repays what it advanced itself. */
  @Test
  void anAccountOnWhichItsEntriesSumToZeroIsNotMoved() throws IOException {
    FactType type =
        FactSamples.types()
            .filter(one -> one.name().equals("FundsReceived"))
            .findFirst()
            .orElseThrow();
    String sample =
        FactSamples.sample(type)
            .replaceFirst("\\}$", ",\"repaid\":{\"preFinancier\":\"anct\",\"cents\":100}}");
    assertThat(
            share.entries(
                new FactCatalogue(List.of(type), List.of())
                    .read(type.name(), type.version(), sample)))
        .extracting(AccountCents::kind)
        .contains("EVER_RECEIVED")
        .doesNotContain("EVER_REPAID");
  }

  private static AccountCents with(AccountCents account, long cents) {
    return new AccountCents(
        account.kind(),
        account.programme(),
        account.agreement(),
        account.funder(),
        account.fundingDepartement(),
        account.venue(),
        account.spendingDepartement(),
        account.prescriber(),
        cents);
  }

  /** The golden sample, on cheques of another batch if one is given. */
  private boolean shows(String type, String batch) throws IOException {
    FactType known =
        FactSamples.types().filter(one -> one.name().equals(type)).findFirst().orElseThrow();
    String payload =
        FactSamples.sample(known).replace("\"batch\":\"00001\"", "\"batch\":\"00007\"");
    if (!batch.isEmpty()) {
      payload = payload.replace("\"00007", '"' + batch);
    }
    return share.shows(
        new LedgerRow(
            1,
            new UUID(0, 1),
            Instant.EPOCH,
            type,
            1,
            List.of("x:1"),
            payload,
            "{}",
            new byte[32]));
  }
}
