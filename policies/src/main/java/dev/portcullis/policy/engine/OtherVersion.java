package dev.portcullis.policy.engine;

/// Another version of the policy has answered than the one in force.
final class OtherVersion extends NoAnswer {
    private static final long serialVersionUID = 1;

    OtherVersion(long answered, long inForce) {
        super("policy version " + answered + " answered in the place of " + inForce);
    }
}
