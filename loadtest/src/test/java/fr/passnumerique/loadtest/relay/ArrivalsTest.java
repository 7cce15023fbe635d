package fr.passnumerique.loadtest.relay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.LedgerRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals();

  @Test
  void messagesInOrderAreFaultlessButForTheChainThatIsNotTheirs() throws Exception {
    arrivals.take(row(1));
    Arrivals.Seen seen = arrivals.take(row(2));
    assertThat(seen.position()).isEqualTo(2);
    assertThat(seen.lost() + seen.doubled() + seen.outOfOrder()).isZero();
    // Made-up hashes follow from nothing.
    assertThat(seen.chainBreaks()).isEqualTo(2);
    assertThat(seen.faultless()).isFalse();
  }

  @Test
  void oneLateMessageIsCountedOnceAsOutOfOrder() throws Exception {
    arrivals.take(row(1));
    Arrivals.Seen gap = arrivals.take(row(3));
    assertThat(gap.lost()).isEqualTo(1);
    Arrivals.Seen seen = arrivals.take(row(2));
    assertThat(seen.lost()).isZero();
    assertThat(seen.doubled()).isZero();
    assertThat(seen.outOfOrder()).isEqualTo(1);
    assertThat(seen.position()).isEqualTo(3);
    // Whether the hash follows can only be told of neighbours.
    assertThat(seen.chainBreaks()).isEqualTo(1);
  }

  @Test
  void whatCameBeforeIsDoubledHoweverLongAgo() throws Exception {
    arrivals.take(row(1));
    arrivals.take(row(2));
    arrivals.take(row(2));
    Arrivals.Seen seen = arrivals.take(row(1));
    assertThat(seen.doubled()).isEqualTo(2);
    assertThat(seen.outOfOrder()).isZero();
  }

  @Test
  void whatNeverComesStaysLostAndWhatIsLateTwiceIsDoubledThen() throws Exception {
    arrivals.take(row(4));
    arrivals.take(row(2));
    Arrivals.Seen seen = arrivals.take(row(2));
    assertThat(seen.lost()).isEqualTo(2);
    assertThat(seen.outOfOrder()).isEqualTo(1);
    assertThat(seen.doubled()).isEqualTo(1);
  }

  private static LedgerRow row(long position) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(Long.toString(position).getBytes(StandardCharsets.UTF_8));
    return new LedgerRow(
        position,
        new UUID(0, position),
        Instant.EPOCH.plusSeconds(position),
        "DayOpened",
        1,
        List.of("day:"),
        "{}",
        "{}",
        hash);
  }
}
