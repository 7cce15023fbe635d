package fr.passnumerique.ui;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.ui.frame.Menu;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Import;

/** The menu as the application has it, without the application. */
final class Menus {
  private Menus() {}

  static Menu whole() {
    return new Menu(
        Arrays.stream(requireNonNull(Pages.class.getAnnotation(Import.class)).value())
            .flatMap(Menus::parts)
            .toList());
  }

  private static Stream<Menu.Part> parts(Class<?> configuration) {
    List<Method> parts =
        Arrays.stream(configuration.getDeclaredMethods())
            .filter(method -> method.getReturnType() == Menu.Part.class)
            .toList();
    return parts.stream()
        .map(
            method -> {
              try {
                method.setAccessible(true);
                return (Menu.Part) requireNonNull(method.invoke(null));
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(method + " needs nothing", e);
              }
            });
  }
}
