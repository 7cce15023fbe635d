package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.projections.labels.LabelledPlaces;
import fr.passnumerique.projections.labels.LabelledPlaces.Found;
import fr.passnumerique.ui.words.French;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where cheques can be used: the register of labelled places, its map, and its file to take away.
 */
@Controller
final class PlacesPage {
  private static final CacheControl KEPT_BY_OTHERS =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  private final LabelledPlaces places;
  private final French french;

  PlacesPage(LabelledPlaces places, French french) {
    this.places = places;
    this.french = french;
  }

  /**
   * @param q words of a name, a town or an address, at most 100 characters
   * @param departement INSEE code; one that nobody has finds nothing
   * @param page from 1
   */
  @GetMapping("/lieux")
  @Permit(everyone = true)
  String places(
      @Nullable Actor actor,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String departement,
      @RequestParam(defaultValue = "1") int page,
      HttpServletResponse response,
      Model model) {
    if (actor == null) {
      // Around the same places whoever is logged in is shown a menu of their own.
      response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT_BY_OTHERS.getHeaderValue());
      response.setHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
    }
    // No page can hold U+0000, and no place has it.
    String asked = q.replace('\0', ' ').strip();
    Found found = places.find(asked, departement);
    model.addAttribute("sheet", PlacesSheet.of(found, asked, departement, page, french));
    return "places";
  }
}
