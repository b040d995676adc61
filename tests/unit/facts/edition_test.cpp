#include "lib/facts/edition.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/snapshot.hpp"

namespace cfee {

namespace {

struct NameRow {
    std::string_view pod;
    std::string_view owner;
    std::string_view role_name;
};

void expect_all(const std::vector<NameRow>& table) {
    for (const NameRow& row : table)
        EXPECT_EQ(role_name_by_name(row.pod, row.owner), row.role_name) << row.pod << " of " << row.owner;
}

TEST(RoleNameByName, KnowsStatefulSetsDeploymentsAndNobodysPods) {
    expect_all({
        {"api-0", "api", "api"},
        {"api-10", "api", "api"},
        {"api-group-0", "api-group", "api-group"},
        {"api-group-0", "", "api-group"},
        {"diego-api-0", "diego-api", "diego-api"},
        {"diego-api-0", "", "diego-api"},
        {"diego-locket-1", "diego-locket", "diego-locket"},
        {"locket-0", "locket", "locket"},
        {"api-6f5d8c7b9d-x2x4z", "api-6f5d8c7b9d", "api"},
        {"diego-api-7c9d5f-x2x4z", "diego-api-7c9d5f", "diego-api"},
        {"diego-api-7c9d5f-x2x4z", "", "diego-api"},
        {"diego-api-1795341600-x2x4z", "diego-api-1795341600", "diego-api"},
        {"whatever", "diego-api", "diego-api"},
    });
}

TEST(RoleNameByName, LeavesOthersAlone) {
    expect_all({
        {"api-worker-0", "api-worker", ""},
        {"api-worker-0", "somebody", ""},
        {"diego-api-bbs-proxy-0", "diego-api-bbs-proxy", ""},
        {"diego-brain-0", "diego-brain", ""},
        {"diego-cell-0", "diego-cell", ""},
        {"cc-worker-0", "cc-worker", ""},
        {"router-0", "router", ""},
        {"api", "", ""},
        {"api-", "", ""},
        {"api-x", "", ""},
        {"apis-0", "apis", ""},
        {"my-api-0", "my-api", ""},
        {"API-0", "API", ""},
        {"api-0.x", "", ""},
        {"", "", ""},
        {"-0", "", ""},
    });
}

TEST(RoleNameByName, LeavesOtherDeploymentsAlone) {
    expect_all({
        {"api-gateway-7c9d5f4b6d-x2x4z", "api-gateway-7c9d5f4b6d", ""},
        {"api-worker-7c9d5f4b6d-x2x4z", "api-worker-7c9d5f4b6d", ""},
        {"locket-exporter-7c9d5f4b6d-x2x4z", "locket-exporter-7c9d5f4b6d", ""},
        {"api-worker-0", "", ""},
    });
}

TEST(RoleNameByName, KnowsHashesWithoutDigits) {
    expect_all({{"diego-api-bcdfghjklm-x2x4z", "diego-api-bcdfghjklm", "diego-api"}});
}

TEST(RoleOf, KnowsTheRolesOnly) {
    struct Row {
        std::string_view name;
        Role role;
    };
    const std::vector<Row> table{
        {"api", Role::cloud_controller},
        {"api-group", Role::cloud_controller},
        {"diego-api", Role::bbs},
        {"diego-locket", Role::locket},
        {"locket", Role::locket},
        {"diego-brain", Role::other},
        {"routing-api", Role::other},
        {"diego-cell", Role::other},
        {"API", Role::other},
        {"", Role::other},
    };
    for (const Row& row : table) EXPECT_EQ(role_of(row.name), row.role) << row.name;
}

TEST(RoleSelector, NamesEveryRoleOnce) {
    EXPECT_EQ(role_selector(), "skiff-role-name in (api,api-group,diego-api,diego-locket,locket)");
}

std::vector<Pod> pods_of_roles(const std::vector<std::string>& roles) {
    std::vector<Pod> pods;
    for (const std::string& role : roles)
        pods.push_back({.name = role + "-0", .role = role_of(role), .role_name = role});
    return pods;
}

TEST(EditionOf, TellsEditionsApartByTheirRoles) {
    struct Row {
        std::vector<std::string> roles;
        std::string_view id;
    };
    const std::vector<Row> table{
        {{"api", "diego-api", "diego-locket"}, "cfee-1"},
        {{"diego-locket", "diego-api", "api", "api"}, "cfee-1"},
        {{"api", "diego-api"}, "cfee-2"},
        {{"api", "api", "diego-api", "diego-api"}, "cfee-2"},
        {{"api-group", "diego-api"}, "cfee-3"},
        {{"api-group", "diego-api", "locket"}, "scf-2.16"},
        {{"api-group", "diego-api", "diego-locket"}, "unknown"},
        {{"api", "diego-api", "locket"}, "unknown"},
        {{"diego-api"}, "unknown"},
        {{"api"}, "unknown"},
        {{"api-group", "locket"}, "unknown"},
        {{}, "unknown"},
    };
    for (const Row& row : table) {
        const std::vector<Pod> pods = pods_of_roles(row.roles);
        EXPECT_EQ(edition_of(pods).id, row.id) << ::testing::PrintToString(row.roles);
        EXPECT_FALSE(edition_of(pods).title.empty());
    }
}

TEST(EditionOf, TellsEditionsApartByTheirLabels) {
    struct Row {
        std::string_view label;
        std::string_view id;
    };
    const std::vector<Row> table{
        {"", "cfee-2"},
        {"skiff-role-name", "cfee-2"},
        {"app.kubernetes.io/component", "cfee-2"},
        {"quarks.cloudfoundry.org/instance-group-name", "unknown"},
    };
    for (const Row& row : table) {
        std::vector<Pod> pods = pods_of_roles({"api", "diego-api", "diego-api"});
        pods.back().role_label = row.label;
        EXPECT_EQ(edition_of(pods).id, row.id) << row.label;
    }
}

TEST(IsMainContainer, IsTheOneOfTheRow) {
    for (const Edition& edition : editions) {
        for (const RoleNames& role : edition.roles) {
            EXPECT_TRUE(is_main_container(role.name, role.container)) << role.name;
            EXPECT_FALSE(is_main_container(role.name, "istio-proxy")) << role.name;
        }
    }
    EXPECT_FALSE(is_main_container("diego-api", "api"));
}

TEST(BbsService, TakesTheLikeliestThatExists) {
    struct Row {
        std::vector<std::string> names;
        std::string_view service;
    };
    const std::vector<Row> table{
        {{}, ""},
        {{"api", "router", "diego-api-locket", "diego-api-bbs-set"}, ""},
        {{"diego-api-set"}, "diego-api-set"},
        {{"diego-api-set", "diego-api"}, "diego-api"},
        {{"diego-api", "diego-api-set"}, "diego-api"},
        {{"diego-api-set", "diego-api", "diego-api-bbs"}, "diego-api-bbs"},
    };
    for (const Row& row : table) {
        Snapshot snapshot{.services = std::vector<Service>{}};
        for (const std::string& name : row.names) snapshot.services.value().push_back({.name = name});
        EXPECT_EQ(snapshot.bbs_service(), row.service) << ::testing::PrintToString(row.names);
    }
}

// lib/world knows this list by these words: recordings of older versions lack it.
TEST(AuctioneerSelector, IsTheOneThatOnlyAdds) {
    EXPECT_EQ(auctioneer_selector(), "skiff-role-name in (diego-brain,auctioneer)");
}

}  // namespace

}  // namespace cfee
