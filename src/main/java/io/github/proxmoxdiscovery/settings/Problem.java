package io.github.proxmoxdiscovery.settings;

/**
 * Something that is wrong with the settings.
 *
 * @param key the key concerned
 * @param sentence what is wrong and how it would be right, for people; begins with the key, has no secret in it
 */
public record Problem(String key, String sentence) {}
