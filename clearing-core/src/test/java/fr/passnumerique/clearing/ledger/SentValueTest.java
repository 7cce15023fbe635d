package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentValueTest {
  private enum Code implements RefusalCode {
    NO;

    @Override
    public Kind kind() {
      return Kind.RULE;
    }
  }

  private record Asked(
      long cents,
      LocalDate on,
      Batch batch,
      Optional<Batch> other,
      String name,
      VaultReference account,
      List<Batch> batches)
      implements Command<String> {}

  private static final Asked ASKED =
      new Asked(
          -5,
          LocalDate.of(1926, 1, 1),
          Batch.of(7),
          Optional.of(Batch.of(8)),
          "Mme Martin",
          new VaultReference("v-1"),
          List.of(Batch.of(9)));

  @Test
  void numbersDaysAndIdentifiersAreTold() {
    assertThat(told("cents")).isEqualTo("-5");
    assertThat(told("on")).isEqualTo("1926-01-01");
    assertThat(told("batch")).isEqualTo("00007");
    assertThat(told("other")).isEqualTo("00008");
    assertThat(told("batchId")).as("as a path has it").isEqualTo("00007");
  }

  @Test
  void textsListsAndWhatLiesInTheVaultAreNot() {
    assertThat(told("name")).isEmpty();
    assertThat(told("account")).isEmpty();
    assertThat(told("batches")).isEmpty();
    assertThat(told("")).isEmpty();
    assertThat(told("another")).isEmpty();
  }

  @Test
  void whatADecisionTellsItselfStands() {
    assertThat(
            SentValue.toldIn(Code.NO.because("cents", "no", "stop").withValue("7"), ASKED).value())
        .isEqualTo("7");
  }

  private static String told(String field) {
    return SentValue.toldIn(Code.NO.because(field, "no", "stop"), ASKED).value();
  }
}
