/**
 * The thin glue between the route files and the rest: the beans and processors that routes name, and the Camel
 * application that runs them. The only package that imports Camel.
 */
@NullMarked
package io.github.proxmoxdiscovery.route;

import org.jspecify.annotations.NullMarked;
