package dev.portcullis.sandbox;

import org.apache.catalina.Context;
import org.apache.catalina.Loader;
import org.jspecify.annotations.Nullable;

import java.beans.PropertyChangeListener;

/// Lets the container's only application use the class loader that everything else uses.
///
/// Tomcat's own loader is for applications that are deployed and taken away again; it would search for
/// leaked threads and report the SDK's of the whole JVM.
final class SharedClassLoader implements Loader {

    private @Nullable Context context;

    @Override
    public ClassLoader getClassLoader() {
        return SharedClassLoader.class.getClassLoader();
    }

    @Override
    public @Nullable Context getContext() {
        return context;
    }

    @Override
    public void setContext(Context context) {
        this.context = context;
    }

    @Override
    public boolean getDelegate() {
        return true;
    }

    @Override
    public void setDelegate(boolean delegate) {
        // There is nothing to delegate to.
    }

    @Override
    public boolean modified() {
        return false;
    }

    @Override
    public void backgroundProcess() {
        // Classes never change.
    }

    @Override
    public void addPropertyChangeListener(PropertyChangeListener listener) {
        // No property ever changes.
    }

    @Override
    public void removePropertyChangeListener(PropertyChangeListener listener) {
        // None was kept.
    }
}
