package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.Deliveries;
import fr.passnumerique.clearing.distribution.DeliveriesEndpoint;
import fr.passnumerique.clearing.distribution.HandOutList;
import fr.passnumerique.clearing.distribution.HandOutListEndpoint;
import fr.passnumerique.clearing.distribution.HeldCarnets;
import fr.passnumerique.clearing.distribution.HeldCarnetsEndpoint;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.ByRecord;
import fr.passnumerique.clearing.redemption.Opposition;
import fr.passnumerique.clearing.redemption.OppositionList;
import fr.passnumerique.clearing.redemption.OppositionListEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.table.TableSheet;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What a prescriber has, was given, handed out and reported lost: each row with what it can do. */
@Controller
final class StockLists {
  static final String STOCK = "/stock";
  static final String HAND_OUTS = "/remises";
  static final String DELIVERIES = "/livraisons";
  static final String OPPOSITIONS = "/oppositions";

  private static final String CHEQUES =
      "/api/prescribers/{prescriberId}/hand-outs/{handOutId}/cheques.pdf";

  /** So many are sorted and searched together. */
  private static final int TOGETHER = 500;

  private static final int HAND_OUTS_A_PAGE = 50;

  private final HeldCarnetsEndpoint held;
  private final HandOutListEndpoint handOuts;
  private final DeliveriesEndpoint deliveries;
  private final OppositionListEndpoint oppositions;
  private final French french;

  StockLists(
      HeldCarnetsEndpoint held,
      HandOutListEndpoint handOuts,
      DeliveriesEndpoint deliveries,
      OppositionListEndpoint oppositions,
      French french) {
    this.held = held;
    this.handOuts = handOuts;
    this.deliveries = deliveries;
    this.oppositions = oppositions;
    this.french = french;
  }

  /** A form with these cheques in it. */
  private static String with(String form, String cheques) {
    return Address.of(form + "?cheques={cheques}", cheques);
  }

  // -- in stock

  /**
   * @param named as carnets or cheques are named on paper
   */
  record HeldRow(
      String batch,
      String named,
      String numbers,
      int cheques,
      long cents,
      LocalDate endsOn,
      LocalDate lastDay,
      String handOut,
      String sendBack,
      String oppose) {
    static HeldRow of(HeldCarnets.Row row) {
      String named = NamedCheques.words(row);
      String numbers = NamedCheques.words(row.first(), row.last());
      return new HeldRow(
          row.batch(),
          row.carnets()
              .map(
                  of ->
                      of.first() == of.last()
                          ? "Carnet " + of.first()
                          : "Carnets %d à %d".formatted(of.first(), of.last()))
              .orElse(row.replacement() ? "Remplacement " + row.order() : "Chèques seuls"),
          numbers,
          row.cheques(),
          row.cents(),
          row.endsOn(),
          row.lastDay(),
          with(HandOutPage.ADDRESS, named),
          with(TakeBackPages.RETURN, named),
          with(LossPages.OPPOSE, numbers));
    }
  }

  static final Columns<HeldRow> HELD =
      Columns.<HeldRow>of()
          .text("lot", "Lot", row -> row.batch() + " " + row.named())
          .text("numeros", "Numéros", HeldRow::numbers)
          .number("cheques", "Chèques", HeldRow::cheques)
          .number("valeur", "Valeur", HeldRow::cents)
          .order("jour", "À remettre jusqu’au", HeldRow::lastDay);

  @GetMapping(STOCK)
  @Permit(Role.PRESCRIBER)
  @Live
  String stock(Actor reader, @ModelAttribute AskedTable asked, Model model) {
    PrescriberId own = OwnPrescriber.of(reader);
    HeldCarnets.Stock stock = held.readHeldCarnets(reader, own, null, HandOutForms.ALL);
    model.addAttribute("prescriber", own.value());
    model.addAttribute("stock", stock);
    model.addAttribute(
        "t", HELD.show(STOCK, stock.held().stream().map(HeldRow::of).toList(), asked));
    return "stock";
  }

  // -- handed out

  /**
   * @param oppose form with what is left of them; null where all were put back, as {@code correct}
   *     and {@code print}
   * @param print address of the sheets with these cheques
   */
  record HandOutRow(
      String handOut,
      LocalDate handedOutOn,
      String publicCode,
      String numbers,
      int cheques,
      int corrected,
      long cents,
      @Nullable String correct,
      @Nullable String oppose,
      @Nullable String print) {
    static HandOutRow of(PrescriberId prescriber, HandOutList.Row row, French french) {
      List<ChequeRange> ranges =
          row.ranges().stream()
              .map(
                  range ->
                      new ChequeRange(
                          range.batch(), range.first().ordinal(), range.last().ordinal()))
              .toList();
      boolean left = row.correctedCheques() < row.cheques();
      String named = NamedCheques.text(ranges.stream().map(NamedCheques::words));
      return new HandOutRow(
          row.handOut().value(),
          row.handedOutOn(),
          row.publicCode().orElse(""),
          ChequeWords.of(ranges, french),
          row.cheques(),
          row.correctedCheques(),
          row.cents(),
          left ? with(TakeBackPages.CORRECTION, named) : null,
          left ? with(LossPages.OPPOSE, named) : null,
          left ? Address.of(CHEQUES, prescriber, row.handOut()) : null);
    }
  }

  /**
   * @param all hand-outs of the prescriber
   * @param first address of the first page; null on it
   * @param next address of the next page; null on the last
   */
  record HandOutBoard(
      List<HandOutRow> rows,
      int all,
      ByRecord sort,
      @Nullable String first,
      @Nullable String next) {
    static HandOutBoard of(
        List<HandOutRow> rows, int all, ByRecord sort, @Nullable Long before, Optional<Long> next) {
      return new HandOutBoard(
          rows,
          all,
          sort,
          before == null ? null : sorted(sort),
          next.map(after -> sorted(sort) + "&before=" + after).orElse(null));
    }

    private static String sorted(ByRecord sort) {
      return HAND_OUTS + "?sort=" + sort;
    }

    public TableSheet.Heading byDay() {
      boolean newest = sort == ByRecord.NEWEST;
      return new TableSheet.Heading(
          "Remis le",
          false,
          newest ? "descending" : "ascending",
          sorted(newest ? ByRecord.OLDEST : ByRecord.NEWEST));
    }
  }

  /** In the order of the query: there may be more of them than are sorted here. */
  @GetMapping(HAND_OUTS)
  @Permit(Role.PRESCRIBER)
  @Live
  String handOuts(
      Actor reader,
      @RequestParam(defaultValue = "NEWEST") ByRecord sort,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    PrescriberId own = OwnPrescriber.of(reader);
    HandOutList.Rows page = handOuts.readHandOuts(reader, own, sort, before, HAND_OUTS_A_PAGE);
    model.addAttribute("prescriber", own.value());
    model.addAttribute(
        "board",
        HandOutBoard.of(
            page.handOuts().stream().map(row -> HandOutRow.of(own, row, french)).toList(),
            page.count(),
            sort,
            before,
            page.next()));
    return "hand-outs";
  }

  // -- delivered

  /**
   * @param note address of its delivery note
   */
  record DeliveryRow(
      String delivery,
      LocalDate deliveredOn,
      String batch,
      String numbers,
      int cheques,
      long cents,
      String note) {
    static DeliveryRow of(Deliveries.Row row) {
      return new DeliveryRow(
          row.delivery().value(),
          row.deliveredOn(),
          row.batch().toString(),
          NamedCheques.words(row.first(), row.last()),
          row.cheques(),
          row.cents(),
          Address.of("/api/deliveries/{id}/delivery-note.pdf", row.delivery()));
    }
  }

  static final Columns<DeliveryRow> DELIVERED =
      Columns.<DeliveryRow>of()
          .order("jour", "Livrée le", DeliveryRow::deliveredOn)
          .text("livraison", "Livraison", DeliveryRow::delivery)
          .text("numeros", "Chèques", DeliveryRow::numbers)
          .number("nombre", "Nombre", DeliveryRow::cheques)
          .number("valeur", "Valeur", DeliveryRow::cents);

  @GetMapping(DELIVERIES)
  @Permit(Role.PRESCRIBER)
  @Live
  String deliveries(
      Actor reader,
      @RequestParam(required = false) @Nullable Long before,
      @ModelAttribute AskedTable asked,
      Model model) {
    Deliveries.Rows read =
        deliveries.readDeliveries(reader, OwnPrescriber.of(reader), before, TOGETHER);
    ListPart part = ListPart.of(DELIVERIES, before, read.next());
    model.addAttribute("part", part);
    model.addAttribute(
        "t",
        DELIVERED.show(
            part.address(), read.deliveries().stream().map(DeliveryRow::of).toList(), asked));
    return "deliveries";
  }

  // -- reported lost

  /**
   * @param replace form with these cheques; null where none of them is to be replaced
   */
  record OppositionRow(
      String opposition,
      LocalDate on,
      String reason,
      Badge badge,
      String numbers,
      int cheques,
      int accepted,
      int replaced,
      @Nullable String replace) {
    static OppositionRow of(OppositionList.Row row, French french) {
      return new OppositionRow(
          row.opposition().value(),
          Paris.dayOf(row.recordedAt()),
          FactWords.reason(row.reason()),
          badge(row),
          ChequeWords.of(row.asked(), french),
          row.cheques(),
          row.accepted(),
          row.replaced(),
          row.opposed() > row.replaced()
              ? with(
                  LossPages.REPLACE,
                  NamedCheques.text(row.asked().stream().map(NamedCheques::words)))
              : null);
    }

    private static Badge badge(OppositionList.Row row) {
      if (row.status() == Opposition.Status.AWAITING_SECOND_PERSON) {
        return Badge.warn("Attend l’opérateur");
      }
      return row.opposed() == row.replaced() && row.replaced() > 0
          ? Badge.good("Remplacés")
          : Badge.calm("Opposés");
    }
  }

  static final Columns<OppositionRow> OPPOSED =
      Columns.<OppositionRow>of()
          .order("jour", "Signalée le", OppositionRow::on)
          .text("numeros", "Chèques", row -> row.numbers() + " " + row.opposition())
          .text("motif", "Motif", OppositionRow::reason)
          .text("etat", "État", row -> row.badge().words())
          .number("nombre", "Signalés", OppositionRow::cheques)
          .number("acceptes", "Déjà acceptés", OppositionRow::accepted)
          .number("remplaces", "Remplacés", OppositionRow::replaced);

  @GetMapping(OPPOSITIONS)
  @Permit(Role.PRESCRIBER)
  @Live
  String oppositions(
      Actor reader,
      @RequestParam(required = false) @Nullable Long before,
      @ModelAttribute AskedTable asked,
      Model model) {
    OppositionList.Rows read =
        oppositions.readOppositions(reader, OwnPrescriber.of(reader), before, TOGETHER);
    ListPart part = ListPart.of(OPPOSITIONS, before, read.next());
    model.addAttribute("part", part);
    model.addAttribute(
        "t",
        OPPOSED.show(
            part.address(),
            read.oppositions().stream().map(row -> OppositionRow.of(row, french)).toList(),
            asked));
    return "oppositions";
  }
}
