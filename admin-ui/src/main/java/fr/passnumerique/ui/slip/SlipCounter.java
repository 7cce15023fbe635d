package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReader;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.deed.Seal;
import fr.passnumerique.ui.slip.SlipReview.Faults;
import fr.passnumerique.ui.slip.SlipReview.Row;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.Trouble;
import fr.passnumerique.ui.words.VerdictReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks a draft through line by line and hands it in. Which line can be read, and what becomes of
 * it, is said by the same reader and the same command as over HTTP; here it is only told line by
 * line, so that one mistyped code does not hide the verdicts of the others.
 */
final class SlipCounter {
  private static final Trouble OUTAGE =
      Trouble.of(
          "Le registre ne répond pas",
          "On ne sait pas si le bordereau est enregistré. Envoyez-le de nouveau, tel quel : s’il"
              + " l’est déjà, rien n’est fait deux fois.");

  private static final Trouble OTHERWISE =
      Trouble.of(
          "Ce n’est plus ce qui vous avait été montré",
          "Rien n’est envoyé : une ligne, ou ce que le registre en sait, a changé depuis.",
          "Relisez ce que deviendrait chaque ligne maintenant, puis envoyez.");

  private final SlipDesk desk;
  private final Commands commands;
  private final Seal seal;

  SlipCounter(SlipDesk desk, Commands commands, Seal seal) {
    this.desk = desk;
    this.commands = commands;
    this.seal = seal;
  }

  /** How handing in ended. */
  sealed interface Handed {
    record Taken(SlipReference reference) implements Handed {}

    record Held(SlipReview review) implements Handed {}

    /** What would be recorded is not what was seen; nothing is. */
    record Unseen(SlipReview review) implements Handed {}
  }

  /**
   * @return what would become of each line now; nothing is recorded
   */
  SlipReview examine(VenueId venue, SlipDraft draft) {
    SlipReview review = judge(venue, draft);
    return review.seen(seal.of(seen(venue, review)));
  }

  /**
   * Without the reference, which stands beside the button and may be another one by then; and with
   * days in one form, since the field of a line to mend writes its day in another than a file.
   */
  private static List<String> seen(VenueId venue, SlipReview review) {
    French french = new French();
    List<String> parts = new ArrayList<>(List.of("slip on a page, 1", venue.value()));
    for (Row row : review.rows()) {
      parts.add(row.line().cheque());
      parts.add(french.sameDay(row.line().servedOn()));
      parts.add(row.line().service());
      parts.add(row.line().pointOfService());
      parts.add(row.reading().badge().words());
      parts.add(row.reading().explanation());
    }
    parts.add(Long.toString(review.amountCents()));
    return parts;
  }

  private SlipReview judge(VenueId venue, SlipDraft draft) {
    Reading reading = read(venue, draft);
    if (reading.slip == null) {
      return reading.review(null, false);
    }
    SubmitSlip slip;
    try {
      slip = prepare(venue, reading.slip);
    } catch (Problem tooMany) {
      return reading.refused(RefusalWords.of(tooMany));
    }
    return switch (commands.rehearse(slip)) {
      case Outcome.Recorded<SlipJudged>(SlipJudged judged, _, boolean already) ->
          reading.review(judged, already);
      case Outcome.Refused<SlipJudged>(var refusal) -> reading.refused(RefusalWords.of(refusal));
    };
  }

  /**
   * Hands the slip in if every line can be read, and would become what its reader has seen.
   *
   * @param seen of the review that was shown
   */
  Handed handIn(VenueId venue, SlipDraft draft, String seen, Actor actor) {
    SlipReview review = examine(venue, draft);
    if (review.recorded() || !review.sendable()) {
      return new Handed.Held(review);
    }
    if (!Seal.same(review.seen(), seen)) {
      return new Handed.Unseen(review.telling(OTHERWISE));
    }
    Reading reading = read(venue, draft);
    if (reading.slip == null) {
      return new Handed.Held(review);
    }
    try {
      return switch (commands.send(prepare(venue, reading.slip), actor)) {
        case Outcome.Recorded<SlipJudged> _ -> new Handed.Taken(reading.slip.reference());
        case Outcome.Refused<SlipJudged>(var refusal) ->
            new Handed.Held(reading.refused(RefusalWords.of(refusal)));
      };
    } catch (Problem tooMany) {
      return new Handed.Held(reading.refused(RefusalWords.of(tooMany)));
    } catch (LedgerStoppedException stopped) {
      // To send it again would not help: the page of the refusal says what does.
      throw stopped;
    } catch (LedgerUnavailableException e) {
      return new Handed.Held(reading.held(OUTAGE).seen(seen));
    }
  }

  private SubmitSlip prepare(VenueId venue, SlipReader.Read slip) {
    return desk.prepare(venue, slip.reference(), slip.lines());
  }

  /** Sets aside the lines that cannot be read, until the rest can. */
  private Reading read(VenueId venue, SlipDraft draft) {
    Reading reading = new Reading(draft);
    while (!reading.readable.isEmpty()) {
      List<Problem.Fault> faults;
      try {
        SlipReader.Read slip = SlipReader.csv(reading.text(), draft.reference());
        faults = desk.unknownPointsOfService(venue, slip);
        if (faults.isEmpty()) {
          reading.slip = slip;
          return reading;
        }
      } catch (Problem problem) {
        faults = problem.faults();
      }
      if (!reading.setAside(faults)) {
        throw new IllegalStateException("a draft that cannot be read has no line at fault");
      }
    }
    return reading;
  }

  /** A draft on its way to being judged. */
  private static final class Reading {
    private final SlipDraft draft;

    /** Indices of lines, from 0. */
    private final List<Integer> readable = new ArrayList<>();

    private final Map<Integer, Faults> faults = new HashMap<>();
    private SlipReader.@Nullable Read slip;

    Reading(SlipDraft draft) {
      this.draft = draft;
      for (int i = 0; i < draft.lines().size(); i++) {
        readable.add(i);
      }
    }

    String text() {
      return SlipDraft.text(readable.stream().map(draft.lines()::get).toList());
    }

    /**
     * @return whether any line was
     */
    boolean setAside(List<Problem.Fault> told) {
      List<Integer> aside = new ArrayList<>();
      for (Problem.Fault fault : told) {
        // The header is line 1.
        int place = fault.line() - 2;
        if (place >= 0 && place < readable.size()) {
          int index = readable.get(place);
          faults.merge(index, faultsOf(fault, draft.lines().get(index)), Reading::both);
          aside.add(index);
        }
      }
      return readable.removeAll(aside);
    }

    private static Faults faultsOf(Problem.Fault fault, SlipDraft.Line line) {
      return switch (fault.field()) {
        case "servedOn" ->
            new Faults(
                "",
                line.servedOn().isBlank()
                    ? "Donnez la date du service."
                    : "« %s » n’est pas la date d’un service : écrivez-la comme 31/12/2026."
                        .formatted(line.servedOn()),
                "",
                "");
        case "service" -> new Faults("", "", "Choisissez le service rendu.", "");
        case "pointOfService" ->
            new Faults("", "", "", "Choisissez l’un des points d’accueil de votre lieu.");
        default ->
            new Faults(
                "Un code compte quinze lettres et chiffres : relisez le chèque.", "", "", "");
      };
    }

    private static Faults both(Faults one, Faults other) {
      return new Faults(
          one.cheque() + other.cheque(),
          one.servedOn() + other.servedOn(),
          one.service() + other.service(),
          one.pointOfService() + other.pointOfService());
    }

    SlipReview refused(Trouble trouble) {
      return new SlipReview(
          draft.reference(), draft.text(), rows(null), 0, false, false, "", trouble);
    }

    /** Whether it was recorded is not known: it must be sent again unchanged. */
    SlipReview held(Trouble trouble) {
      return new SlipReview(
          draft.reference(), draft.text(), rows(null), 0, false, true, "", trouble);
    }

    SlipReview review(@Nullable SlipJudged judged, boolean already) {
      Trouble trouble =
          draft.lines().isEmpty()
              ? Trouble.of("Le bordereau est vide", "Saisissez au moins un code de chèque.")
              : null;
      return new SlipReview(
          draft.reference(),
          draft.text(),
          rows(judged),
          judged == null ? 0 : judged.acceptedCents(),
          already,
          trouble == null && faults.isEmpty(),
          "",
          trouble);
    }

    private List<Row> rows(@Nullable SlipJudged judged) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < draft.lines().size(); i++) {
        SlipDraft.Line line = draft.lines().get(i);
        String shown = shown(line);
        Faults of = faults.getOrDefault(i, Faults.NONE);
        int place = readable.indexOf(i);
        if (of.any()) {
          VerdictReading unread =
              VerdictReading.unreadable(
                  "Cette ligne ne peut pas être lue.", "Corrigez le champ signalé.");
          rows.add(new Row(i + 1, line, shown, unread, of, false));
        } else if (judged != null && place >= 0) {
          SlipJudged.Line verdict = judged.lines().get(place);
          rows.add(
              new Row(
                  i + 1,
                  line,
                  shown,
                  VerdictReading.of(verdict.verdict(), verdict.on()),
                  Faults.NONE,
                  verdict.verdict() == Verdict.ACCEPTED));
        }
      }
      return rows;
    }

    private static String shown(SlipDraft.Line line) {
      Optional<ChequeCode> code = ChequeCode.parse(line.cheque());
      return code.map(c -> c.serial().toString()).orElse(line.cheque());
    }
  }
}
