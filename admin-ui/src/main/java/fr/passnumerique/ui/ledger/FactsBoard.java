package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.projections.export.LedgerFacts;
import fr.passnumerique.ui.words.FactWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Facts, the newest first.
 *
 * @param position of the last fact that was looked through
 * @param types to choose from, by their French words
 * @param older address of the next page; null on the last
 * @param newest address of the first page; null on it
 */
record FactsBoard(
    long position,
    @Nullable Instant recordedAt,
    Asked asked,
    Map<String, String> types,
    List<Row> rows,
    @Nullable String older,
    @Nullable String newest) {
  /** What is asked for; empty texts leave a condition open. */
  record Asked(String type, String tag, @Nullable LocalDate from, @Nullable LocalDate to) {
    String address(@Nullable Long before) {
      return UriComponentsBuilder.fromPath(FactsPage.PATH)
          .queryParamIfPresent("type", given(type))
          .queryParamIfPresent("tag", given(tag).map(_ -> "{tag}"))
          .queryParamIfPresent("from", Optional.ofNullable(from))
          .queryParamIfPresent("to", Optional.ofNullable(to))
          .queryParamIfPresent("before", Optional.ofNullable(before))
          .encode()
          .buildAndExpand(Map.of("tag", tag))
          .toUriString();
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(value -> !value.isEmpty());
    }

    public boolean isNarrowed() {
      return !type.isEmpty() || !tag.isEmpty() || from != null || to != null;
    }
  }

  /**
   * @param words of its type
   * @param tags each with the address of the facts that carry it
   */
  record Row(LedgerFacts.Row fact, String words, List<Tag> tags) {}

  record Tag(String text, String address) {}

  static FactsBoard of(
      LedgerFacts.Page page, Asked asked, @Nullable Long before, Collection<FactType> types) {
    Map<String, String> byWords = new TreeMap<>();
    types.forEach(type -> byWords.put(FactWords.of(type.name()), type.name()));
    return new FactsBoard(
        page.position(),
        page.recordedAt(),
        asked,
        byWords,
        page.facts().stream().map(FactsBoard::row).toList(),
        page.next() == null ? null : asked.address(page.next()),
        before == null ? null : asked.address(null));
  }

  private static Row row(LedgerFacts.Row fact) {
    return new Row(
        fact,
        FactWords.of(fact.type()),
        fact.tags().stream()
            .map(tag -> new Tag(tag, new Asked("", tag, null, null).address(null)))
            .toList());
  }
}
