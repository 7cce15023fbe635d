package fr.passnumerique.ui.ledger;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.KindSums;
import fr.passnumerique.projections.accounts.PostingsPage;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.PostingsQuery.Cursor;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.accounts.WhichAccounts;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.ui.figures.AskedPostings;
import fr.passnumerique.ui.figures.Figure;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** From a figure to the postings that it is made of, and from each to what caused it. */
@Controller
final class OpenedFigurePage {
  private static final int SHOWN = 50;
  private static final String[] BALANCES = {"accounts", "registers"};

  private final PostingsQuery postings;
  private final KindSums sums;
  private final AskedAccounts asked;
  private final Standings standings;
  private final Supplier<Names> names;
  private final DataSource reader;

  OpenedFigurePage(
      PostingsQuery postings,
      KindSums sums,
      AskedAccounts asked,
      Standings standings,
      Supplier<Names> names,
      DataSource reader) {
    this.postings = postings;
    this.sums = sums;
    this.asked = asked;
    this.standings = standings;
    this.names = names;
    this.reader = reader;
  }

  /**
   * @param shownBefore the rebuild before which they were shown
   * @param figure whose accounts are shown one kind after the other; the others as in the API
   */
  @GetMapping("/ecritures")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER, VENUE},
      owner = {"venue", "funder"})
  String postings(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @RequestParam(required = false) @Nullable Figure figure,
      @RequestParam(required = false) @Nullable AccountKind kind,
      @RequestParam(required = false) @Nullable Long fact,
      @ModelAttribute PageMoment moment,
      @RequestParam(required = false) @Nullable String before,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      Model model) {
    AskedPostings postingsOf = new AskedPostings(which, figure, kind, fact, before, null);
    Cursor cursor = Cursor.before(before);
    WhichMoment when = moment.which();
    long head = standings.awaitHead(BALANCES);
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter accounts = asked.of(actor, which, generation);
    PostingsPage read =
        when.ask(
            head,
            asOf ->
                postings
                    .of(generation)
                    .read(
                        new PostingsQuery.Asked(
                            accounts, postingsOf.shown(), fact, asOf, cursor, SHOWN)));
    Map<AccountKind, Long> debits =
        figure == null
            ? Map.of()
            : sums.of(generation)
                .read(accounts, new AsOf(read.position(), null, read.businessDate()));
    Situation situation =
        when.equals(WhichMoment.NOW) && generation == null
            ? standings.of(read.position(), read.recordedAt(), head, BALANCES)
            : Situation.asAsked(read.position(), read.recordedAt(), read.businessDate());
    model.addAttribute(
        "opened",
        OpenedFigure.of(
            postingsOf,
            read,
            debits,
            situation.with(read.caveats()),
            PostingLinks.of(
                actor,
                postings.of(generation),
                read.postings().stream().map(Posting::position).toList()),
            names.get(),
            actor));
    return "opened";
  }
}
