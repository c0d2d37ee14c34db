package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Calls every public method of every service of the running console as everybody there is, through all that stands
/// before the bean, but for the bean itself. `services.txt` says who is let through; a method that it does not name
/// fails, and so does a name that no method has.
class WhoMayCallTest {
    private static final RoleMatrix MATRIX = RoleMatrix.read("services.txt");

    private static SecurityContextHolderStrategy contexts;
    private static Map<String, Object> services;

    private static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void findServices() {
        var parts = RunningConsole.shared().parts();
        contexts = parts.getBean(SecurityContextHolderStrategy.class);
        services = new TreeMap<>();
        parts.getBeansWithAnnotation(Service.class).values().stream()
                .filter(bean -> typeOf(bean).getName().startsWith("dev.portcullis.")
                        && typeOf(bean).getSimpleName().endsWith("Service"))
                .forEach(bean -> services.put(typeOf(bean).getSimpleName(), bean));
    }

    @AfterEach
    void signOut() {
        contexts.clearContext();
    }

    @Test
    void everyMethodOfEveryServiceIsForThoseWhomTheMatrixNames() {
        // When
        var reached = new TreeMap<String, Set<String>>();
        services.values()
                .forEach(service -> methods(service)
                        .forEach(method -> reached.put(name(method), whoReaches(guarded(service), method))));

        // Then
        assertThat(services).hasSizeGreaterThan(15);
        assertThat(reached.keySet()).containsExactlyElementsOf(MATRIX.needed().keySet());
        reached.forEach((name, who) -> assertThat(who).as(name).isEqualTo(MATRIX.allowed(name)));
    }

    private static List<Method> methods(Object service) {
        return Arrays.stream(typeOf(service).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .toList();
    }

    /// The bean with its own guards, and with nothing behind them.
    private static Object guarded(Object service) {
        assertThat(service).as("a bean without guards").isInstanceOf(Advised.class);
        var shell = new ProxyFactory();
        shell.setTargetClass(typeOf(service));
        shell.setProxyTargetClass(true);
        shell.addAdvisors(((Advised) service).getAdvisors());
        shell.addAdvice((MethodInterceptor) _ -> {
            throw new Reached();
        });
        return shell.getProxy(WhoMayCallTest.class.getClassLoader());
    }

    private static Set<String> whoReaches(Object service, Method method) {
        return RoleMatrix.everybody().stream()
                .filter(somebody -> reaches(somebody, service, method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean reaches(String somebody, Object service, Method method) {
        contexts.setContext(new SecurityContextImpl(authentication(somebody)));
        try {
            method.invoke(service, nothings(method));
            throw new AssertionError(name(method) + " has no end");
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AccessDeniedException) {
                return false;
            }
            assertThat(e.getCause()).as(name(method)).isInstanceOf(Reached.class);
            return true;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Authentication authentication(String somebody) {
        return somebody.equals(RoleMatrix.NOBODY)
                ? new AnonymousAuthenticationToken("k", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))
                : UsernamePasswordAuthenticationToken.authenticated(
                        somebody, null, Roles.authorities(List.of(somebody)));
    }

    private static Object[] nothings(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == boolean.class ? Boolean.FALSE : type == int.class ? (Object) 0 : nothing(type))
                .toArray();
    }

    private static Object nothing(Class<?> type) {
        return type == long.class ? 0L : null;
    }

    private static String name(Method method) {
        var parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + parameters + ")";
    }

    private static Class<?> typeOf(Object bean) {
        return AopUtils.getTargetClass(bean);
    }
}
