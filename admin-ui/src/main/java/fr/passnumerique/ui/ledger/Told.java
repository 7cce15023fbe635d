package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a fact says, in a reader's words.
 *
 * @param lines a sentence each; empty where the fact's title says it all
 * @param cents that it moves or is about; null where it is about none
 * @param booked the movement on the account; null if there is none
 * @param links to what it names
 * @param tone as style sheets name it; empty for a plain step
 */
record Told(
    List<String> lines,
    @Nullable Long cents,
    @Nullable Booked booked,
    List<CauseWords> links,
    String tone) {
  static final Told NOTHING = of();

  static Told of(String... lines) {
    return new Told(
        Stream.of(lines).filter(line -> !line.isEmpty()).toList(), null, null, List.of(), "");
  }

  Told about(long amount) {
    return new Told(lines, amount, booked, links, tone);
  }

  Told by(BankEntry entry) {
    return new Told(lines, cents, Booked.of(entry), links, tone);
  }

  Told by(Optional<BankEntry> entry) {
    return entry.map(this::by).orElse(this);
  }

  /** As a reader may know it: the movement has money of others. */
  Told to(Actor reader) {
    long own = cents == null ? 0 : Math.abs(cents);
    return new Told(lines, cents, booked == null ? null : booked.to(reader, own), links, tone);
  }

  /** Those only that have a page for the reader. */
  Told with(CauseWords... pages) {
    return new Told(
        lines,
        cents,
        booked,
        Stream.concat(links.stream(), Stream.of(pages).filter(link -> link.page() != null))
            .toList(),
        tone);
  }

  Told with(Optional<CauseWords> page) {
    return page.map(this::with).orElse(this);
  }

  /** Without what leads nowhere else, and without the movement whose page it is. */
  Told without(String here) {
    boolean same =
        booked != null && booked.part().isEmpty() && here.equals(Thing.movement(booked.booking()));
    return new Told(
        lines,
        cents,
        same ? null : booked,
        links.stream().filter(link -> !here.equals(link.page())).distinct().toList(),
        tone);
  }

  Told good() {
    return new Told(lines, cents, booked, links, "good");
  }

  Told bad() {
    return new Told(lines, cents, booked, links, "bad");
  }

  /** Whose they are, such as {@code Région 12,00 €, État 8,00 €}. */
  static String shares(List<FundedCents> cents, Names names) {
    Map<String, Long> owners = new LinkedHashMap<>();
    cents.forEach(part -> owners.merge(part.funder().value(), part.cents(), Long::sum));
    French french = new French();
    return owners.isEmpty()
        ? ""
        : String.join(
                ", ",
                owners.entrySet().stream()
                    .map(one -> names.funder(one.getKey()) + " " + french.money(one.getValue()))
                    .toList())
            + ".";
  }

  static long sum(List<FundedCents> cents) {
    return cents.stream().mapToLong(FundedCents::cents).sum();
  }
}
