// Checks that need no exec: what the API server says of pods, labels and endpoints.
#include "lib/runbook/checks_of_pods.hpp"

#include <algorithm>

#include "lib/runbook/causes.hpp"
#include "lib/runbook/spare.hpp"
#include "lib/text/shell.hpp"

namespace cfee {

namespace {

std::string in_namespace(const Facts& facts) {
    return " " + facts.snapshot.flags;
}

// The flags that lead to the cluster, without the namespace.
std::string elsewhere(const Facts& facts) {
    const std::string here = "-n " + shell_word(facts.snapshot.name_space);
    return facts.snapshot.flags.starts_with(here) ? facts.snapshot.flags.substr(here.size()) : "";
}

std::string count(int number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

bool unknown_without_pods(const Facts& facts, Finding& finding) {
    if (facts.snapshot.pods.is_known()) return false;
    const Trouble& trouble = facts.snapshot.pods.trouble();
    finding.verdict = Verdict::unknown;
    finding.evidence = "the pods could not be listed: " + trouble.text;
    finding.hint = hint_for(trouble, "kubectl get pods" + in_namespace(facts));
    return true;
}

bool is_of_an_unknown_edition(const Facts& facts, Finding& finding) {
    const std::string sentence = unjudged_edition(facts);
    if (sentence.empty()) return false;
    finding.verdict = Verdict::unknown;
    finding.evidence = sentence;
    finding.hint = "ask by hand: kubectl get pods -n " + facts.snapshot.name_space;
    return true;
}

Subject subject_of(const Pod& pod) {
    std::string told = pod.summary();
    const std::string reason = pod.hopeless();
    if (!reason.empty() && !told.ends_with(" " + reason)) told += ", " + reason;
    return {pod.name, pod.is_ready() ? Verdict::ok : Verdict::fail, told};
}

}  // namespace

std::string hint_for(const Trouble& trouble, const std::string& command) {
    switch (trouble.kind) {
        case Trouble::Kind::no_kubectl:
            return "install kubectl, or name it with --kubectl PATH";
        case Trouble::Kind::no_context:
            return "choose a cluster: kubectl config get-contexts, then --context NAME";
        case Trouble::Kind::forbidden:
            return "ask for the right that is named above; try it with: " + command;
        case Trouble::Kind::unauthorised:
            return "log in to the cluster again, then: " + command;
        case Trouble::Kind::no_kubelet:
            return "see how that node is: kubectl get nodes; then: " + command;
        case Trouble::Kind::unreachable:
            return "is this the right cluster, and is it up? Try: " + command;
        default:
            return "try by hand: " + command;
    }
}

void judge_cc_ready(const Facts& facts, Finding& finding) {
    if (unknown_without_pods(facts, finding)) return;
    if (facts.cloud_controllers.empty() && is_of_an_unknown_edition(facts, finding)) return;
    if (facts.cloud_controllers.empty()) {
        finding.verdict = Verdict::fail;
        finding.evidence = facts.snapshot.namespace_is_missing
                               ? "there is no namespace " + facts.snapshot.name_space
                               : "no Cloud Controller pod in namespace " + facts.snapshot.name_space;
        finding.hint = "is this the right namespace? kubectl get pods -A" + elsewhere(facts) +
                       " | grep -E 'api|diego', then -n NAME";
        return;
    }
    finding.verdict = Verdict::ok;
    for (const Pod& pod : facts.cloud_controllers) {
        finding.subjects.push_back(subject_of(pod));
        finding.verdict = worse(finding.verdict, finding.subjects.back().verdict);
    }
    finding.evidence = std::to_string(facts.ready_cloud_controllers()) + " of " +
                       count(static_cast<int>(facts.cloud_controllers.size()), "pod") + " ready";
    if (finding.verdict == Verdict::ok) return;
    for (const Subject& subject : finding.subjects) {
        if (subject.verdict == Verdict::fail)
            finding.hint = "kubectl describe pod " + shell_word(subject.name) + in_namespace(facts);
    }
}

void judge_bbs_ready(const Facts& facts, Finding& finding) {
    if (unknown_without_pods(facts, finding)) return;
    const int wanted = facts.wanted_bbs();
    if (is_of_an_unknown_edition(facts, finding)) return;
    int ready = 0;
    finding.verdict = Verdict::ok;
    for (const AskedPod& asked : facts.bbs) {
        Subject subject = subject_of(asked.pod);
        if (asked.pod.is_ready()) ++ready;
        const bool is_passive = !facts.passive_is_ready() && subject.verdict == Verdict::fail &&
                                asked.pod.phase == "Running" && asked.pod.hopeless().empty() &&
                                !asked.pod.is_terminating();
        if (is_passive)
            subject = {subject.name, Verdict::ok, subject.evidence + ", as a passive pod of this edition"};
        finding.verdict = worse(finding.verdict, subject.verdict);
        finding.subjects.push_back(std::move(subject));
    }
    int present = static_cast<int>(facts.bbs.size());
    for (const AskedPod& asked : facts.lost) {
        if (asked.pod.role != Role::bbs) continue;
        ++present;
        finding.verdict = Verdict::fail;
        finding.subjects.push_back({asked.pod.name, Verdict::fail, why_lost(facts, asked)});
    }
    finding.evidence = std::to_string(ready) + " of " + count(std::max(present, wanted), "pod") + " ready";
    if (facts.bbs.empty() || present < wanted) {
        finding.verdict = Verdict::fail;
        if (wanted == 0) {
            finding.evidence = "scaled down to no pods";
        } else if (facts.bbs.empty()) {
            finding.evidence = "no BBS pod in namespace " + facts.snapshot.name_space;
        } else {
            finding.evidence += ", " + std::to_string(wanted - present) + " not there";
        }
    }
    if (!facts.snapshot.controllers.is_known() && finding.verdict == Verdict::ok) {
        const Trouble& trouble = facts.snapshot.controllers.trouble();
        finding.verdict = Verdict::unknown;
        finding.evidence += "; how many are wanted is not known: " + trouble.text;
        finding.hint = hint_for(trouble, "kubectl get statefulsets" + in_namespace(facts));
        return;
    }
    if (!facts.passive_is_ready() && ready == 0 && present > 0) finding.verdict = Verdict::fail;
    if (finding.verdict == Verdict::ok) return;
    finding.hint = facts.bbs.empty() ? "kubectl get statefulsets,pods" + in_namespace(facts)
                                     : "kubectl describe pods -l " +
                                           std::string(facts.snapshot.edition().role_labels.front()) + "=" +
                                           shell_word(facts.bbs.front().pod.role_name) + in_namespace(facts);
}

void judge_bbs_active(const Facts& facts, Finding& finding) {
    if (unknown_without_pods(facts, finding)) return;
    if (facts.bbs.empty()) {
        finding.verdict = Verdict::skipped;
        finding.evidence = "there is no BBS pod";
        return;
    }
    if (!facts.label_is_used()) {
        finding.verdict = Verdict::skipped;
        finding.evidence = "this edition does not label the active pod";
        return;
    }
    const std::vector<std::string> active =
        facts.names([](const AskedPod& asked) { return asked.is_labelled_active(); });
    const bool is_stale = facts.any_bbs([](const AskedPod& asked) {
        return asked.is_labelled_active() && asked.ping() != Ping::serving && asked.ping() != Ping::unknown &&
               asked.ping() != Ping::absent;
    });
    finding.verdict = active.size() == 1 && !is_stale ? Verdict::ok : Verdict::fail;
    finding.hint =
        "kubectl get pods -L " + std::string(facts.snapshot.edition().active_label) + in_namespace(facts);
    if (active.empty()) {
        finding.evidence = "no pod is labelled active";
    } else if (active.size() > 1) {
        finding.evidence = enumerated(active) + " are all labelled active";
    } else if (is_stale) {
        finding.evidence = active.front() + " is labelled active, and does not serve: the label is stale";
    } else {
        finding.evidence = active.front() + " is labelled active";
        finding.hint.clear();
    }
    // Each pod labels itself; where one serves and could not, that is a matter of rights first.
    if (finding.verdict == Verdict::fail && facts.serving().size() == 1)
        finding.hint = "kubectl auth can-i patch pods --as=system:serviceaccount:" +
                       shell_word(facts.snapshot.name_space) + ":active-passive" + in_namespace(facts);
}

void judge_bbs_endpoints(const Facts& facts, Finding& finding) {
    finding.verdict = Verdict::unknown;
    const std::string command = "kubectl get endpoints" + in_namespace(facts);
    for (const Trouble* trouble :
         {facts.snapshot.services.is_known() ? nullptr : &facts.snapshot.services.trouble(),
          facts.snapshot.endpoints.is_known() ? nullptr : &facts.snapshot.endpoints.trouble()}) {
        if (trouble == nullptr) continue;
        finding.evidence = "services or endpoints could not be listed: " + trouble->text;
        finding.hint = hint_for(*trouble, command);
        return;
    }
    const std::string service = facts.probed_service();
    if (service.empty()) {
        finding.verdict = facts.bbs.empty() ? Verdict::skipped : Verdict::fail;
        finding.evidence =
            facts.bbs.empty() ? "there is no BBS pod" : "there is no BBS service in the namespace";
        if (!facts.bbs.empty()) finding.hint = "kubectl get services" + in_namespace(facts);
        return;
    }
    finding.verdict = Verdict::fail;
    finding.evidence = "service " + service + " has no endpoint";
    finding.hint = "kubectl get endpoints " + shell_word(service) + in_namespace(facts);
    for (const Endpoints& endpoints : facts.snapshot.endpoints.value()) {
        if (endpoints.service != service) continue;
        if (!endpoints.not_ready.empty())
            finding.evidence = "service " + service +
                               " has no ready endpoint (not ready: " + enumerated(endpoints.not_ready) + ")";
        if (endpoints.ready.empty()) continue;
        finding.verdict = Verdict::ok;
        finding.evidence = "service " + service + " leads to " + enumerated(endpoints.ready);
        finding.hint.clear();
    }
}

}  // namespace cfee
