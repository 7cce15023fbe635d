package fr.passnumerique.ui.deed;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundsTransferId;
import org.junit.jupiter.api.Test;

/** What a form proposes. */
class FieldTest {
  /** The same name is the same act: the second one would be none, and said to be done. */
  @Test
  void noTwoFormsProposeTheSameName() {
    assertThat(Field.proposedName("transfert", "CONV-16"))
        .startsWith("transfert-CONV-16-")
        .isNotEqualTo(Field.proposedName("transfert", "CONV-16"));
  }

  @Test
  void ofAFileThatIsTooLargeItIsSaidHowLargeItMayBe() {
    Field field = Field.file("file", "Fichier", 8_000_000);

    assertThat(field.faultOf("0".repeat(8_000_000))).isEmpty();
    assertThat(field.faultOf("0".repeat(8_000_001)))
        .contains("Ce fichier est trop grand : 8\u00A0Mo au plus.");
  }

  @Test
  void ofALongNameOnlyWhatItIsMadeForIsCut() {
    String longest = new AgreementId("A" + "b".repeat(39)).value();

    String name = Field.proposedName("transfert", longest);

    assertThat(name).hasSize(40).isNotEqualTo(Field.proposedName("transfert", longest));
    assertThat(new FundsTransferId(name).value()).isEqualTo(name);
  }
}
