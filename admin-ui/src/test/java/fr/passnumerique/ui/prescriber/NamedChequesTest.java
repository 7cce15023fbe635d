package fr.passnumerique.ui.prescriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.DistributionEndpoint.HandOutRange;
import fr.passnumerique.clearing.issuance.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedChequesTest {
  private static final Batch BATCH = Batch.of(7);

  @Test
  void carnetsRowsAndSingleChequesAreReadInOneField() {
    NamedCheques named =
        NamedCheques.read("00007 carnets 3 à 4\n\n00007-0001 à 00007-000A; 00007-000B");

    assertThat(named.carnets()).containsExactly(new HandOutRange(BATCH, 3, 4));
    assertThat(named.cheques())
        .containsExactly(new ChequeRange(BATCH, 1, 10), new ChequeRange(BATCH, 11, 11));
    assertThat(named.lines())
        .containsExactly("00007 carnets 3 à 4", "00007-0001 à 00007-000A", "00007-000B");
    assertThat(NamedCheques.read(NamedCheques.text(named.lines().stream()))).isEqualTo(named);
  }

  /** Whoever scans a cheque sends the secret that spends it, and no page shows that again. */
  @ParameterizedTest
  @ValueSource(
      strings = {"00007-0003-ABCDEF", "000070003ABCDEF", "00007 0003", "oooo7-ooo3", " 000070003 "})
  void aCodeOrASerialInAnyFormIsTheChequeWithoutItsSecret(String typed) {
    assertThat(NamedCheques.read(typed).lines()).containsExactly("00007-0003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00007 CARNET 3",
        "00007 carnet 3 à 3",
        "00007 carnets 3-3",
        "oooo7  carnet 3",
        "00007/3"
      })
  void aCarnetIsNamedInSeveralWays(String typed) {
    assertThat(NamedCheques.read(typed).lines()).containsExactly("00007 carnet 3");
  }

  @Test
  void nothingIsNothing() {
    assertThat(NamedCheques.read(" \n;,").lines()).isEqualTo(List.of());
  }

  @Test
  void aFaultNamesTheLine() {
    refused("00007-0001\n\nle vieux", "Ligne 3 : écrivez");
    refused("00000-0001", "Ligne 1 : écrivez");
    refused("00007-0002 à 00007-0001", "Ligne 1 : donnez le plus petit");
    refused("00007 carnets 4 à 3", "Ligne 1 : donnez le plus petit");
    refused("00007-0001 à 00008-0002", "Ligne 1 : le premier et le dernier");
    refused("00000 carnet 1", "Ligne 1 : écrivez");
    refused("00007 carnet 99999999", "Ligne 1 : écrivez");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamedCheques.readCheques("00007-0001\n00007 carnet 3"))
        .withMessageStartingWith("Ligne 2 : nommez un carnet");
  }

  private static void refused(String typed, String begins) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamedCheques.read(typed))
        .withMessageStartingWith(begins);
  }
}
