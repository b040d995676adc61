create role diego login password 'canary-bbs-database-password';
create role diego_locket login password 'canary-locket-database-password';
create database diego owner diego;
create database diego_locket owner diego_locket;
