package fr.passnumerique.ui;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.ui.deed.DeedMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;

/** Which pages a link can lead to, by their addresses as handlers give them, and for whom. */
public final class PagesOpened {
  private PagesOpened() {}

  public static Map<String, Permit> permits() {
    Map<String, Permit> pages = new HashMap<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("fr.passnumerique.ui")
            .stream()
            .flatMap(page -> page.getMethods().stream())
            .filter(handler -> handler.isAnnotatedWith(Permit.class))
            .forEach(
                handler ->
                    addresses(handler)
                        .forEach(
                            address ->
                                pages.put(address, handler.getAnnotationOfType(Permit.class))));
    return pages;
  }

  private static List<String> addresses(JavaMethod handler) {
    if (handler.isAnnotatedWith(GetMapping.class)) {
      return List.of(handler.getAnnotationOfType(GetMapping.class).value());
    }
    return handler.isAnnotatedWith(DeedMapping.class)
        ? List.of(handler.getAnnotationOfType(DeedMapping.class).value())
        : List.of();
  }
}
