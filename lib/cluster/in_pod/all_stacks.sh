# In BBS and Locket pods where a look shows need.
stacks bbs 17017 &
stacks locket 17018 &
peer bbs 8891 &
wait
say done $v
