package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.ui.frame.Menu;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;

class MenuTest {
  @Test
  void everyDoorIsShownToExactlyThoseWhomItsPagePermits() {
    Map<String, Permit> pages = new HashMap<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("fr.passnumerique.ui")
            .stream()
            .flatMap(page -> page.getMethods().stream())
            .filter(handler -> handler.isAnnotatedWith(GetMapping.class))
            .filter(handler -> handler.isAnnotatedWith(Permit.class))
            .forEach(handler -> note(handler, pages));

    assertThat(Menus.whole().entries()).isNotEmpty();
    for (Menu.Entry entry : Menus.whole().entries()) {
      assertThat(pages).as(entry.label()).containsKey(entry.path());
      assertThat(entry.roles()).as(entry.path()).isEqualTo(Set.of(pages.get(entry.path()).value()));
    }
  }

  private static void note(JavaMethod handler, Map<String, Permit> pages) {
    GetMapping mapping = handler.getAnnotationOfType(GetMapping.class);
    for (String path : mapping.value()) {
      pages.put(path, handler.getAnnotationOfType(Permit.class));
    }
  }
}
