package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which carnets and which single cheques does a prescriber have in stock, to hand out next? Cheques
 * of a replacement are of no carnet here, though one makes one in their batch: they wait for the
 * person whose cheques they replace, and nobody is given them by count.
 */
public final class HeldCarnets {
  private final DistributionRegister register;
  private final ReadLock registers;

  HeldCarnets(DistributionRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * Whole carnets that follow each other, or single cheques of one carnet or one replacement that
   * do.
   *
   * @param replacement they are for whoever held the cheques that they replace; {@code order} names
   *     the replacement
   * @param first serial
   * @param last serial, inclusive
   * @param carnets left out of single cheques, whose carnet is not whole in this stock
   * @param cents at face value
   * @param endsOn J, of the batch
   * @param lastDay on which they may be handed out: J, or before it the day on which all funders of
   *     the order had approved its end
   */
  @Schema(name = "HeldRange")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      String batch,
      String order,
      String programme,
      boolean replacement,
      Optional<Carnets> carnets,
      Serial first,
      Serial last,
      int cheques,
      long cents,
      LocalDate endsOn,
      LocalDate lastDay) {
    int wholeCarnets() {
      return carnets.map(numbers -> numbers.last() - numbers.first() + 1).orElse(0);
    }

    /** As many of its carnets, or all. */
    Row firstCarnets(int count) {
      int all = wholeCarnets();
      if (count >= all) {
        return this;
      }
      int few = cheques / all * count;
      int from = carnets.orElseThrow().first();
      return new Row(
          batch,
          order,
          programme,
          replacement,
          Optional.of(new Carnets(from, from + count - 1)),
          first,
          new Serial(first.batch(), first.ordinal() + few - 1),
          few,
          cents / cheques * few,
          endsOn,
          lastDay);
    }
  }

  /**
   * @param first number in the batch, from 1
   * @param last inclusive
   */
  @Schema(name = "HeldCarnetNumbers")
  public record Carnets(int first, int last) {}

  /**
   * @param cheques in stock, whatever the page
   * @param carnets of these, whole; none of a replacement
   * @param held a page, the first to end first
   * @param next what the next page begins after; left out on the last
   */
  @Schema(name = "HeldCarnets")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Stock(
      String prescriber, int cheques, int carnets, List<Row> held, Optional<String> next) {}

  /**
   * Whole carnets for one hand-out.
   *
   * @param carnets as many as were asked for, or all that there are
   * @param cents at face value
   * @param held the first to end first
   */
  @Schema(name = "NextCarnets")
  public record Next(String prescriber, int carnets, int cheques, long cents, List<Row> held) {}

  /**
   * What a person is given next: whole carnets, the first to end first, of those that may still be
   * handed out. None of a replacement.
   *
   * @param programme of which alone; null for whichever ends first, of all
   * @param wanted from 1
   * @param on day of the hand-out, Europe/Paris
   * @return empty if there is no such prescriber
   */
  public Optional<Next> next(
      PrescriberId prescriber, @Nullable ProgrammeId programme, int wanted, LocalDate on) {
    return all(prescriber)
        .map(
            all -> {
              List<Row> taken = new ArrayList<>();
              int carnets = 0;
              Iterator<Row> rows =
                  all.filter(row -> row.carnets().isPresent())
                      .filter(row -> !row.lastDay().isBefore(on))
                      .filter(row -> programme == null || row.programme().equals(programme.value()))
                      .iterator();
              while (carnets < wanted && rows.hasNext()) {
                Row row = rows.next().firstCarnets(wanted - carnets);
                taken.add(row);
                carnets += row.wholeCarnets();
              }
              return new Next(
                  prescriber.value(),
                  carnets,
                  taken.stream().mapToInt(Row::cheques).sum(),
                  taken.stream().mapToLong(Row::cents).sum(),
                  taken);
            });
  }

  /** By the last serial: a row stays where it is while its first carnets are handed out. */
  private record Place(LocalDate endsOn, Serial last) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byEnd = endsOn.compareTo(other.endsOn);
      return byEnd != 0 ? byEnd : last.compareTo(other.last);
    }

    @Override
    public String toString() {
      return last.text();
    }
  }

  /**
   * @param after what the page before named as next; null for the first
   * @return empty if there is no such prescriber
   */
  public Optional<Stock> find(PrescriberId prescriber, @Nullable String after, int limit) {
    return all(prescriber)
        .map(
            all -> {
              List<Row> rows = all.toList();
              Page<Row> page =
                  Page.of(
                      rows,
                      row -> new Place(row.endsOn(), row.last()),
                      after == null ? null : place(after),
                      limit);
              return new Stock(
                  prescriber.value(),
                  rows.stream().mapToInt(Row::cheques).sum(),
                  rows.stream().mapToInt(Row::wholeCarnets).sum(),
                  page.rows(),
                  page.next());
            });
  }

  private Place place(String after) {
    try {
      Serial last = Serial.parse(after);
      return registers
          .find("batch " + last.batch(), () -> Optional.ofNullable(register.batch(last.batch())))
          .map(stock -> new Place(stock.issued().endsOn(), last))
          .orElseThrow(() -> Page.notNamed(after));
    } catch (IllegalArgumentException e) {
      throw Page.notNamed(after);
    }
  }

  /**
   * All of them, in the order of the pages, read batch by batch as they are taken: a batch may be a
   * hundred thousand cheques, every fold waits, and nobody holds the rows of all.
   *
   * @return empty if there is no such prescriber
   */
  public Optional<Stream<Row>> all(PrescriberId prescriber) {
    return registers
        .find(
            "prescriber " + prescriber,
            () ->
                Optional.ofNullable(register.prescriber(prescriber))
                    .map(_ -> theFirstToEndFirst(register.batchesOf(prescriber))))
        .map(
            batches ->
                batches.stream()
                    .flatMap(batch -> registers.read(() -> rows(batch, prescriber)).stream()));
  }

  private List<Batch> theFirstToEndFirst(Collection<Batch> batches) {
    return batches.stream()
        .map(register::batch)
        .flatMap(Stream::ofNullable)
        .map(BatchStock::issued)
        .sorted(
            Comparator.comparing(ChequesIssued::endsOn)
                .thenComparing(issued -> issued.batch().number()))
        .map(ChequesIssued::batch)
        .toList();
  }

  private List<Row> rows(Batch batch, PrescriberId prescriber) {
    BatchStock stock = register.batch(batch);
    return stock == null ? List.of() : rows(stock, prescriber);
  }

  private static List<Row> rows(BatchStock stock, PrescriberId prescriber) {
    int perCarnet = stock.issued().chequesPerCarnet();
    List<Row> rows = new ArrayList<>();
    for (ChequeRange held : stock.inStockOf(prescriber)) {
      if (stock.issued().replaces()) {
        rows.add(row(stock, held.first(), held.last(), null));
        continue;
      }
      int lastWhole = held.last() / perCarnet;
      int first = held.first();
      while (first <= held.last()) {
        int before = (first - 1) / perCarnet;
        boolean whole = first == before * perCarnet + 1 && lastWhole > before;
        int last = whole ? lastWhole * perCarnet : Math.min(held.last(), (before + 1) * perCarnet);
        rows.add(row(stock, first, last, whole ? new Carnets(before + 1, lastWhole) : null));
        first = last + 1;
      }
    }
    return rows;
  }

  private static Row row(BatchStock stock, int first, int last, @Nullable Carnets carnets) {
    ChequesIssued issued = stock.issued();
    int cheques = last - first + 1;
    return new Row(
        issued.batch().toString(),
        issued.order().value(),
        issued.programme().value(),
        issued.replaces(),
        Optional.ofNullable(carnets),
        new Serial(issued.batch(), first),
        new Serial(issued.batch(), last),
        cheques,
        cheques * issued.faceValueCents(),
        issued.endsOn(),
        Optional.ofNullable(stock.blockedOn())
            .filter(Predicate.not(issued.endsOn()::isBefore))
            .orElse(issued.endsOn()));
  }
}
