package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import org.junit.jupiter.api.Test;

class AskedSerialTest {
  private static final Serial SERIAL = new Serial(Batch.of(7), 42);

  @Test
  void aSerialIsReadAsPrintedAndAsStored() {
    assertThat(AskedSerial.parse(SERIAL.toString())).isEqualTo(SERIAL);
    assertThat(AskedSerial.parse(SERIAL.text())).isEqualTo(SERIAL);
    assertThat(AskedSerial.parse(" 00007 - o01a ")).isEqualTo(SERIAL);
  }

  @Test
  void theCheckPartOfAWholeCodeIsDroppedUnread() {
    assertThat(AskedSerial.parse(SERIAL + "-7K3Q9Z")).isEqualTo(SERIAL);
    assertThat(AskedSerial.parse(SERIAL.text() + "7K3Q9Z")).isEqualTo(SERIAL);
    assertThat(AskedSerial.parse(SERIAL + "-******")).isEqualTo(SERIAL);
    // U is in no code: it is not looked at.
    assertThat(AskedSerial.parse(SERIAL + "-UUUUUU")).isEqualTo(SERIAL);
  }

  @Test
  void whatIsNoSerialIsRefusedWithoutRepeatingIt() {
    for (String text :
        new String[] {"", "00007-001", SERIAL + "-7K3Q9", "UUUUU-0001", "000000000"}) {
      assertThatThrownBy(() -> AskedSerial.parse(text))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(400);
                assertThat(problem.faults().getFirst().value()).isEmpty();
                assertThat(problem.getMessage()).doesNotContain("7K3Q9");
              });
    }
  }
}
