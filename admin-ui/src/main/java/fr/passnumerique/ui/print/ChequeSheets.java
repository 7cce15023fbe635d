package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.PrintedCodes;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cheques on sheets of A4, ten at most, each always on the same place: a carnet of ten is a sheet,
 * and two carnets of five are one. So a sheet that was spoilt is printed again by its ordinals.
 *
 * @param title what they are of
 */
record ChequeSheets(String title, List<Sheet> sheets) {
  private static final int PLACES = 10;

  record Sheet(List<Cheque> cheques) {}

  /** How long a cheque can be used, as far as that is known when it is printed. */
  sealed interface Term {
    /**
     * Not handed out, or that is nothing to those who print it.
     *
     * @param days of validity from the hand-out
     * @param lastOfAll the last day on which a cheque of the order can be used, whenever it is
     *     handed out
     */
    record FromHandOut(int days, LocalDate lastOfAll) implements Term {}

    /**
     * @param lastDay on which it can be used, Europe/Paris: nobody who holds it has to count days
     */
    record HandedOut(LocalDate lastDay) implements Term {}

    /** Until the last day of the cheque that it replaces, whenever it is handed out. */
    record Kept(LocalDate lastDay) implements Term {}

    /**
     * @param kept the last days that cheques of a replacement batch keep; those of cheques that
     *     were never handed out keep none
     * @param handedOutOn null if it is not, or that is nothing to those who print it
     */
    static Term of(
        int ordinal, ChequesIssued issued, List<KeptDay> kept, @Nullable LocalDate handedOutOn) {
      for (KeptDay day : kept) {
        if (day.cheques().first() <= ordinal && ordinal <= day.cheques().last()) {
          return new Kept(earlier(day.lastDay(), issued, handedOutOn));
        }
      }
      LocalDate lastOfAll = issued.lastServiceDay();
      return handedOutOn == null
          ? new FromHandOut(issued.validityDays(), lastOfAll)
          : new HandedOut(earlier(lastOfAll, issued, handedOutOn));
    }

    private static LocalDate earlier(
        LocalDate other, ChequesIssued issued, @Nullable LocalDate handedOutOn) {
      if (handedOutOn == null) {
        return other;
      }
      LocalDate own = handedOutOn.plusDays(issued.validityDays());
      return own.isBefore(other) ? own : other;
    }
  }

  /**
   * What cheques that are printed together say alike.
   *
   * @param programme its public name
   */
  record Face(String programme, long faceValueCents, Term term, int perCarnet) {
    static Face of(ChequesIssued issued, String programme, Term term) {
      return new Face(programme, issued.faceValueCents(), term, issued.chequesPerCarnet());
    }
  }

  /**
   * @param code secret: it tells itself masked, and is written out by the printer alone
   * @param place on the sheet, from 0, row by row
   * @param carnet number in the batch, from 1
   * @param number in the carnet, from 1
   */
  record Cheque(Face face, ChequeCode code, int place, int carnet, int number) {}

  /**
   * @param faces by ordinal
   */
  static List<Sheet> of(PrintedCodes codes, IntFunction<Face> faces) {
    return of(codes.first(), codes.last(), codes::code, faces);
  }

  /**
   * @param first ordinal
   * @param last ordinal, inclusive
   */
  static List<Sheet> of(
      int first, int last, IntFunction<ChequeCode> codes, IntFunction<Face> faces) {
    int perCarnet = faces.apply(first).perCarnet();
    int carnetsOfSheet = Math.max(1, PLACES / perCarnet);
    int sheetsOfCarnet = (perCarnet + PLACES - 1) / PLACES;
    Map<Integer, List<Cheque>> sheets = new TreeMap<>();
    for (int ordinal = first; ordinal <= last; ordinal++) {
      int carnet = (ordinal - 1) / perCarnet;
      int inCarnet = (ordinal - 1) % perCarnet;
      int sheet = carnet / carnetsOfSheet * sheetsOfCarnet + inCarnet / PLACES;
      int place = carnet % carnetsOfSheet * perCarnet + inCarnet % PLACES;
      sheets
          .computeIfAbsent(sheet, _ -> new ArrayList<>())
          .add(
              new Cheque(
                  faces.apply(ordinal), codes.apply(ordinal), place, carnet + 1, inCarnet + 1));
    }
    return sheets.values().stream().map(Sheet::new).toList();
  }
}
