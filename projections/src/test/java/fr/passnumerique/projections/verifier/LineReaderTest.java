package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final String TWICE =
      """
      [{"kind":"BANK","funder":"anct","cents":5},{"kind":"BANK","funder":"anct","cents":5}]\
      """;
  private static final String HASH = "ab".repeat(32);

  /** So shares were written before: they stay readable. */
  @Test
  void anAccountThatALeftOutRowNamesTwiceIsAdded() {
    String line =
        """
        {"position":7,"leftOut":true,"hash":"%s","entries":%s}\
        """
            .formatted(HASH, TWICE);
    ExportedLine.Hidden hidden = (ExportedLine.Hidden) LineReader.line(line);
    Findings findings = new Findings();
    Books books = new Books(new Chart(), findings);
    books.post(7, hidden.entries());
    assertThat(books.balances().values()).containsExactly(10L);
  }

  @Test
  void whatAnAccountStandsAtIsToldOnce() {
    for (String line :
        new String[] {
          """
          {"position":7,"leftOut":true,"hash":"%s","entries":[],"published":%s}\
          """,
          """
          {"end":true,"facts":7,"lastPosition":7,"headHash":"%s","balances":%s}\
          """,
          """
          {"position":7,"eventId":"00000000-0000-0000-0000-000000000007",\
          "recordedAt":"2026-03-02T09:00:00Z","type":"DayOpened","version":1,"tags":[],\
          "payload":"{}","metadata":"{}","hash":"%s","published":%s}\
          """
        }) {
      assertThatThrownBy(() -> LineReader.line(line.formatted(HASH, TWICE)))
          .isInstanceOf(LineReader.Unreadable.class)
          .hasMessageContaining("names account BANK/anct twice");
      assertThat(LineReader.line(line.formatted(HASH, "[]"))).isNotNull();
    }
  }
}
