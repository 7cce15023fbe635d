package fr.passnumerique.ui.figures;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.accounts.WhichAccounts;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which postings a page is asked for, as its address says it; null leaves a condition open.
 *
 * @param at as of which they are linked to; null for now
 */
public record AskedPostings(
    WhichAccounts which,
    @Nullable Figure figure,
    @Nullable AccountKind kind,
    @Nullable Long fact,
    @Nullable String before,
    @Nullable Situation at) {

  /** The kind of account whose postings are shown: of a figure its first, if none was named. */
  public @Nullable AccountKind shown() {
    return kind != null ? kind : figure == null ? null : figure.terms().getFirst().kind();
  }

  /**
   * How postings count in what is asked for: 1 as they are, -1 for credits that count as above
   * zero.
   *
   * @throws Problem INVALID_PARAMETER if the figure is not made of such accounts
   */
  public int sign() {
    AccountKind shown = shown();
    if (figure == null || shown == null) {
      return 1;
    }
    return figure.terms().stream()
        .filter(term -> term.kind() == shown)
        .mapToInt(Figure.Term::sign)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "INVALID_PARAMETER",
                    "the figure %s is not made of %s; leave one of them out"
                        .formatted(figure, shown),
                    List.of(
                        Problem.Fault.of(
                            "kind",
                            shown.name(),
                            "is no part of the figure " + figure,
                            "leave one of them out"))));
  }

  public AskedPostings at(@Nullable Situation situation) {
    return new AskedPostings(which, figure, kind, fact, before, situation);
  }

  public AskedPostings of(AccountKind other) {
    return new AskedPostings(which, figure, other, fact, null, at);
  }

  /** What of all accounts is asked for, in words. */
  public List<String> about(Names names) {
    List<String> about = new ArrayList<>();
    French french = new French();
    about("Financeur", named(which.funder(), names::funder), about);
    about("Convention", which.agreement(), about);
    about("Dispositif", which.programme(), about);
    about("Lieu", named(which.venue(), names::venue), about);
    if (which.fundingDepartement() != null) {
      about.add("Financé par " + French.departement(which.fundingDepartement().code()));
    }
    if (which.spendingDepartement() != null) {
      about.add("Dépensé dans " + French.departement(which.spendingDepartement().code()));
    }
    return about;
  }

  private static @Nullable String named(@Nullable Object id, UnaryOperator<String> names) {
    return id == null ? null : names.apply(id.toString());
  }

  private static void about(String what, @Nullable Object id, List<String> about) {
    if (id != null) {
      about.add(what + " " + id);
    }
  }

  /**
   * Address of the page of these postings.
   *
   * @param from what another page named as next; null for the newest
   */
  public String page(@Nullable String from) {
    UriComponentsBuilder page = accounts("/ecritures");
    with(page, "figure", figure);
    with(page, "kind", kind);
    with(page, "fact", fact);
    with(page, "before", from);
    return moment(page);
  }

  /** Address of all that a fact posted, as far as the reader may know it. */
  public String ofFact(long position) {
    return moment(UriComponentsBuilder.fromPath("/ecritures").queryParam("fact", position));
  }

  /** Address of the same postings as a file. */
  public String export() {
    UriComponentsBuilder file = accounts("/api/postings/export");
    with(file, "kind", shown());
    return moment(file);
  }

  private UriComponentsBuilder accounts(String path) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
    with(address, "venue", which.venue());
    with(address, "funder", which.funder());
    with(address, "agreement", which.agreement());
    with(address, "programme", which.programme());
    with(
        address,
        "fundingDepartement",
        which.fundingDepartement() == null ? null : which.fundingDepartement().code());
    with(
        address,
        "spendingDepartement",
        which.spendingDepartement() == null ? null : which.spendingDepartement().code());
    return address;
  }

  private String moment(UriComponentsBuilder address) {
    if (at != null) {
      with(address, "asOfPosition", at.position());
      with(address, "businessDate", at.businessDate());
      with(address, "shownBefore", at.shownBefore());
    }
    return address.encode().toUriString();
  }

  private static void with(UriComponentsBuilder address, String name, @Nullable Object value) {
    if (value != null) {
      address.queryParam(name, value.toString());
    }
  }
}
