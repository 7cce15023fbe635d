package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.ui.frame.Menu;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MenuTest {
  @Test
  void everyDoorIsShownToExactlyThoseWhomItsPagePermits() {
    Map<String, Permit> pages = PagesOpened.permits();

    assertThat(Menus.whole().entries()).isNotEmpty();
    for (Menu.Entry entry : Menus.whole().entries()) {
      assertThat(pages).as(entry.label()).containsKey(entry.path());
      assertThat(entry.roles()).as(entry.path()).isEqualTo(Set.of(pages.get(entry.path()).value()));
    }
  }
}
