package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.WantedText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Finds a thing by what is printed of it. What is looked for is sent in the body: it may be a whole
 * cheque code, and addresses are logged.
 */
@RestController
final class SearchEndpoint {
  static final int LONGEST = 200;

  private final Search search;

  SearchEndpoint(Search search) {
    this.search = search;
  }

  /**
   * @param q what is printed
   */
  @Schema(name = "ThingToFind")
  record Asked(@Schema(example = "00007-0001") String q) {}

  /**
   * @param found none if there is nothing of that name, or it is not the asker's: the two are
   *     answered alike; of a kind ten at most
   * @param more kinds of which there are more
   */
  @Schema(name = "FoundThings")
  record Answer(List<Found> found, List<Found.Kind> more) {}

  @PostMapping("/api/searches")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  @Operation(
      operationId = "search",
      summary = "What is this that is printed on a paper? Records nothing",
      description =
          "The serial or code of a cheque (hyphens, blanks and capitals do not count, O is read as"
              + " 0, I and L as 1), a batch, a carnet as `00007/3`, the reference of a slip, the"
              + " SIRET, SIREN or the beginning of the name of a venue, the identifier of an"
              + " agreement, a call for funds or its payment reference, a receipt, an order, a"
              + " delivery, a hand-out, an opposition, a settlement run, a transfer (its end-to-end"
              + " identification), a reversal, a debit or credit note, a refund order, a movement"
              + " on the account, the position of a fact. Only what the asker may look at is found,"
              + " ten of a kind; `more` names kinds of which there are more.")
  Answer search(@RequestBody Asked asked, Actor actor, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    WantedText.require(asked.q(), LONGEST);
    Search.Result result = search.find(asked.q(), actor);
    return new Answer(result.found(), result.more());
  }
}
