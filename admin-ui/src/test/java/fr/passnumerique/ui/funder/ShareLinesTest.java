package fr.passnumerique.ui.funder;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareLinesTest {
  private static final List<Share> KEY =
      List.of(
          new Share(
              new FunderId("etat"),
              5_000,
              30_000_000,
              PaymentTerms.ON_USE,
              Optional.of(new FunderId("region"))),
          new Share(new FunderId("region"), 3_333, 20_000_001, PaymentTerms.PREPAID),
          new Share(new FunderId("cd23"), 1_667, 1, PaymentTerms.PREPAID));

  @Test
  void aKeyIsReadAsItIsTyped() {
    String typed =
        """

        etat ; 50 % ; 300 000 € ; region
          region;33,33;200 000,01;
        cd23 ; 16.67 ; 0,01
        """;
    assertThat(ShareLines.fault(typed)).isEmpty();
    assertThat(ShareLines.read(typed)).isEqualTo(KEY);
  }

  @Test
  void whatIsProposedIsReadAsWhatItWas() {
    assertThat(ShareLines.read(ShareLines.typed(KEY))).isEqualTo(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "etat ; 50, séparés par des points-virgules",
    "etat ; 50 ; 1 ; region ; a, séparés par des points-virgules",
    "l’État ; 50 ; 1, par son identifiant",
    "etat ; 50 ; 1 ; la région, par son identifiant",
    "etat ; cinquante ; 1, une part en %",
    "etat ; 100.01 ; 1, une part en %",
    "etat ; 0 ; 1, une part en %",
    "etat ; 50 ; 0, un plafond en euros",
    "etat ; 50 ; beaucoup, un plafond en euros"
  })
  void aLineThatWillNotDoIsNamedWithWhatToWrite(String line, String words) {
    assertThat(ShareLines.fault("region ; 50 ; 1\n\n" + line))
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("Ligne 3").contains(words));
  }
}
